// Keeps the screen on while the clock runs. The lock is lost whenever the page hides: ask again then.

let lock;

export async function keepAwake(on) {
  try {
    if (!on) {
      await lock?.release();
      lock = null;
    } else if (!lock || lock.released) {
      lock = await navigator.wakeLock?.request("screen");
    }
  } catch {
    // Refused (low battery, no secure context): the session goes on, the screen may turn off.
  }
}
