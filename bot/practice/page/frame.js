/* Keeps a pane at its newest message, as a chat does, unless somebody scrolled up to read. */
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
const NEAR = 120;
const MOVED_BY_HAND = 1000;
let following = true;
let handsOn = 0;

function follow() {
  if (!list.childElementCount) following = true;
  if (following) timeline.scrollTop = timeline.scrollHeight;
}

for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(gesture, () => { handsOn = performance.now(); }, { passive: true });
}
timeline.addEventListener("scroll", () => {
  if (performance.now() - handsOn > MOVED_BY_HAND) return;
  following = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < NEAR;
}, { passive: true });

const watch = new ResizeObserver(follow);
watch.observe(timeline);
watch.observe(list);
