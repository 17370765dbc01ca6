// The browser's own print dialogue; without a script it is in the browser's menu.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
