// The Save button of the finish page repeats the change, once a number has been chosen.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.finish");
  const change = form?.querySelector("#change");
  if (!change || event.target.name !== "score") return;
  const before = form.dataset.before;
  change.value = before ? `, ${before} to ${event.target.value}` : `, ${event.target.value}`;
});
