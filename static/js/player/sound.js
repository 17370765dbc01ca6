// Sounds planned on the audio clock: a busy or throttled page cannot make them late. Each means one thing:
// a hold starts, half of it is over, three more seconds, change sides, the end.

import { settings } from "./settings.js";

const BEFORE_END = [3, 2, 1]; // s
const HALF_FROM = 20; // s: shorter holds have no half
const PITCHES = { start: [784], half: [587, 587], count: [660], switch: [523, 392], end: [880, 1175] }; // Hz
const SETS = {
  tones: { type: "sine", loudness: 0.5, length: 0.14, decay: 0.03 },
  soft: { type: "triangle", loudness: 0.35, length: 0.3, decay: 0.12, lower: 2 },
  wood: { type: "square", loudness: 0.2, length: 0.02, decay: 0.015 },
};
const GAP = 0.18; // s between the notes of one sound

let audio;
let planned = [];

/** Browsers let a page sound only after a tap: call this inside one. */
export function unlock() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context || !settings.sound) return;
  if (navigator.audioSession) navigator.audioSession.type = "transient"; // music goes on, quieter
  audio ??= new Context();
  if (audio.state !== "running") audio.resume().catch(() => {});
}

/** The sounds of a step: [name, seconds from its start]. */
function cues(kind, seconds) {
  const list = BEFORE_END.filter((before) => before < seconds).map((before) => ["count", seconds - before]);
  if (kind === "hold") list.push(["start", 0]);
  if (kind === "hold" && seconds >= HALF_FROM) list.push(["half", seconds / 2]);
  return [...list, ["end", seconds]];
}

/** Plan the sounds of a step of so many seconds, `gone` of which are over. The next one's kind sounds at its end. */
export async function plan(kind, seconds, gone, next) {
  hush();
  const asked = performance.now();
  const coming = cues(kind, seconds)
    .map(([name, at]) => [name === "end" && next === "switch" ? "switch" : name, at - gone])
    .filter(([, at]) => at > -0.05);
  const now = Date.now();
  document.dispatchEvent(new CustomEvent("player:cues", { detail: coming.map(([name, at]) => ({ name, at: now + at * 1000 })) }));
  if (!audio || !settings.sound) return;
  if (audio.state !== "running") await audio.resume().catch(() => {});
  if (audio.state !== "running") return;
  const start = audio.currentTime - (performance.now() - asked) / 1000;
  for (const [name, at] of coming) play(name, start + at);
}

/** One of each, to hear whether the phone can be heard. Resolves when they are over. */
export async function check() {
  unlock();
  if (!audio) return;
  await audio.resume().catch(() => {});
  ["start", "half", "count", "switch", "end"].forEach((name, place) => play(name, audio.currentTime + 0.1 + place * 0.9));
  await new Promise((done) => setTimeout(done, 5 * 900));
}

export function hush() {
  for (const sound of planned) {
    sound.stop();
    sound.disconnect();
  }
  planned = [];
}

function play(name, at) {
  PITCHES[name].forEach((pitch, place) => note(pitch, Math.max(at, audio.currentTime) + place * GAP));
}

function note(pitch, at) {
  const { type, loudness, length, decay, lower = 1 } = SETS[settings.sounds] ?? SETS.tones;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = type;
  tone.frequency.value = pitch / lower;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime((loudness * settings.volume) / 100, at + 0.01);
  volume.gain.setTargetAtTime(0, at + length, decay);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + length + decay * 8);
  planned.push(tone);
}

// --- The voice: name, side, dose and "switch", for those who don't look at the screen. Off until it is wanted.

/** Say a sentence, in place of one that is being said. The first must be said inside a tap. */
export function speak(sentence) {
  const synthesis = window.speechSynthesis;
  if (!synthesis || !settings.voice || !sentence) return;
  synthesis.cancel();
  const words = new SpeechSynthesisUtterance(sentence);
  words.lang = "en-GB";
  words.volume = settings.volume / 100;
  synthesis.speak(words);
}

export function silence() {
  window.speechSynthesis?.cancel();
}
