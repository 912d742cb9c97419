/* Keeps a pane at its newest message, as a chat does, unless somebody scrolled up to read. */
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
const NEAR = 120;
const MOVED_BY_HAND = 1000;
const SCROLLING_KEYS = new Set(["Tab", "PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);
let following = true;
let handsOn = -Infinity;

function follow() {
  if (!list.childElementCount) following = true;
  if (following) timeline.scrollTop = timeline.scrollHeight;
}

/** Writing and pressing buttons move things about as well: neither is a wish to read further up. */
function isScrolling({ type, key, target }) {
  if (target.closest(".channel-composer, [role=dialog]")) return false;
  if (type === "keydown") return SCROLLING_KEYS.has(key);
  return type !== "pointerdown" || !target.closest(".message-components");
}

for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(gesture, (event) => {
    if (isScrolling(event)) handsOn = performance.now();
  }, { passive: true });
}
window.addEventListener("cairn-newest", () => { following = true; follow(); });
timeline.addEventListener("scroll", () => {
  if (performance.now() - handsOn > MOVED_BY_HAND) follow();
  else following = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < NEAR;
}, { passive: true });

const watch = new ResizeObserver(follow);
watch.observe(timeline);
watch.observe(list);
