// The Save button of the finish page repeats the change, once a number has been chosen.
function repeat(score) {
  const form = score.closest("form.finish");
  const change = form?.querySelector("#change");
  if (!change) return;
  const { before } = form.dataset;
  change.value = before ? `, ${before} to ${score.value}` : `, ${score.value}`;
}

document.addEventListener("change", ({ target }) => {
  if (target.name === "score") repeat(target);
});

// A finger may have been quicker than this script.
const chosen = document.querySelector("form.finish [name=score]:checked");
if (chosen) repeat(chosen);
