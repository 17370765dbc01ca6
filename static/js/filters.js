// The catalogue's filters are folded on phones and always open on wide screens.
const filters = document.querySelector(".filters__more");
const wide = matchMedia("(min-width: 60rem)");

function unfold() {
  filters.open = wide.matches;
}

if (filters) {
  wide.addEventListener("change", unfold);
  unfold();
}
