// A person's settings of the player: read from the page, kept with the person, at once in force.
const player = document.getElementById("player");

export const settings = JSON.parse(player.dataset.settings);

/** Change one and remember it. Without a network it holds for this session. */
export function set(name, value) {
  settings[name] = value;
  const body = new FormData(document.getElementById("settings-token"));
  body.set(name, typeof value === "boolean" ? (value ? "on" : "off") : value);
  fetch(player.dataset.settingsAddress, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => {});
}
