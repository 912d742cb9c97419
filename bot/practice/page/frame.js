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

/** Writing and pressing buttons move things about as well: neither is a wish to read further up. */
function isScrolling({ type, target }) {
  if (type === "pointerdown") return target === timeline;
  return type !== "keydown" || !target.closest("input, textarea, button, [role=combobox], [contenteditable]");
}

for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(gesture, (event) => {
    if (isScrolling(event)) handsOn = performance.now();
  }, { passive: true });
}
window.addEventListener("cairn-newest", () => { following = true; follow(); });
timeline.addEventListener("scroll", () => {
  if (performance.now() - handsOn > MOVED_BY_HAND) return;
  following = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < NEAR;
}, { passive: true });

const watch = new ResizeObserver(follow);
watch.observe(timeline);
watch.observe(list);
