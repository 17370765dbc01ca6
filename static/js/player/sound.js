// Beeps at -3, -2, -1 and 0 s, planned on the audio clock: a busy or throttled page cannot make them late.

const BEFORE_END = [3, 2, 1]; // s
const PITCH = { count: 660, end: 990, switch: 520 }; // Hz

let audio;
let planned = [];

export function isOn() {
  return localStorage.getItem("sound") !== "off";
}

export function turn(on) {
  localStorage.setItem("sound", on ? "on" : "off");
  if (!on) hush();
}

/** Browsers let a page sound only after a tap: call this inside one. */
export function unlock() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context || !isOn()) return;
  if (navigator.audioSession) navigator.audioSession.type = "transient"; // music goes on, quieter
  audio ??= new Context();
  if (audio.state !== "running") audio.resume().catch(() => {});
}

/** Plan the beeps of a step that ends in `seconds`. `kind` decides how its end sounds. */
export async function plan(seconds, kind) {
  hush();
  if (!audio || !isOn()) return;
  const asked = performance.now();
  if (audio.state !== "running") await audio.resume().catch(() => {});
  if (audio.state !== "running") return;
  const end = audio.currentTime + seconds - (performance.now() - asked) / 1000;
  for (const before of BEFORE_END) beep(end - before, PITCH.count, 0.12);
  beep(end, kind === "switch" ? PITCH.switch : PITCH.end, 0.35);
}

export function hush() {
  for (const sound of planned) {
    sound.onended = null;
    sound.stop();
    sound.disconnect();
  }
  planned = [];
}

function beep(at, pitch, length) {
  if (at <= audio.currentTime) return;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.4, at + 0.01);
  volume.gain.setTargetAtTime(0, at + length, 0.03);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + length + 0.3);
  planned.push(tone);
}
