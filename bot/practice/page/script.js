const setup = JSON.parse(document.body.dataset.setup);
const $ = (id) => document.getElementById(id);
const controls = [$("ask"), $("go-on")];

/** Show what the practice says about itself: its clock, the next step, a line. */
function show({ clock, next, line }) {
  $("clock").textContent = clock;
  $("go-on").textContent = next;
  $("line").textContent = line;
}

/** Press one of the practice's own buttons; presses wait for each other. */
async function press(path, wish = {}) {
  const buttons = [...controls, ...document.querySelectorAll(".reactions button")];
  buttons.forEach((button) => { button.disabled = true; });
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { [setup.header]: setup.secret, "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    });
    if (answer.ok || answer.status === 409) show(await answer.json());
    else $("line").textContent = await answer.text();
  } catch {
    $("line").textContent = "Practice mode has ended. Start it again and reload this page.";
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
}

/** Press what brings Cairn to write to the seeker, and show what it wrote. */
async function hear(path) {
  showTab("dm");
  document.querySelector("#dm iframe").contentWindow.dispatchEvent(new Event("cairn-newest"));
  await press(path);
}

/** View the friends’ channel as somebody else, by the frame’s own (hidden) picker. */
function viewAs(name) {
  $("reacts").textContent = `React as ${name}`;
  const frame = document.querySelector("#channel iframe");
  const picker = frame.contentDocument?.getElementById("viewer-picker");
  if (!picker || ![...picker.options].some((option) => option.value === setup.viewers[name])) {
    frame.addEventListener("load", () => viewAs(name), { once: true });
    return;
  }
  if (picker.value === setup.viewers[name]) return;
  picker.value = setup.viewers[name];
  picker.dispatchEvent(new Event("change"));
}

function chosen() {
  return document.querySelector(".viewers input:checked").value;
}

function showTab(name) {
  document.body.dataset.tab = name;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
  }
}

function fillViewers() {
  const names = Object.keys(setup.viewers);
  for (const name of names) {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "viewer", value: name });
    input.checked = name === names[0];
    input.addEventListener("change", () => viewAs(name));
    label.append(input, Object.assign(document.createElement("span"), { textContent: name }));
    document.querySelector(".viewers").append(label);
  }
  $("reacts").textContent = `React as ${names[0]}`;
}

function fillEmoji() {
  for (const emoji of setup.emoji) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: emoji });
    button.addEventListener("click", () => press("/do/react", { as: chosen(), emoji }));
    document.querySelector(".reactions").append(button);
  }
}

$("dm-title").textContent = `${setup.seeker}’s messages with Cairn`;
$("tab-dm").textContent = `${setup.seeker}’s messages`;
$("dm-note").textContent = `Only ${setup.seeker} sees these.`;
fillViewers();
fillEmoji();
show(setup);
showTab("dm");
$("ask").addEventListener("click", () => hear("/do/ask"));
$("go-on").addEventListener("click", () => hear("/do/go-on"));
for (const tab of document.querySelectorAll(".tabs button")) tab.addEventListener("click", () => showTab(tab.dataset.tab));
