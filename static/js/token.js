// The token that shows a form is ours. It changes when somebody signs in, also in another tab, or becomes a
// guest with their first form: what htmx sends carries the one of now, not the one the page came with.
export function csrfToken() {
  return document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";
}

document.addEventListener("htmx:config:request", ({ detail }) => {
  const { body } = detail.ctx.request;
  if (body instanceof FormData && body.has("csrfmiddlewaretoken") && csrfToken()) body.set("csrfmiddlewaretoken", csrfToken());
});
