// The address and the tab's memory. The only writer of "p", the parameter with the plan's code.
const NAME = "p"
// How often Back and Forward were pressed. Stands in the address only while Streamlit reads it for its own rerun.
const STEP = "step"
const PLANS_MAX = 40

// One per document: the element is drawn anew on every run, its listeners are not.
const own = (window.b12Address ||= { step: 0, told: 0, edit: 0, kept: 0, session: "", slot: "", code: "", place: "" })

const here = () => new URLSearchParams(window.location.search).get(NAME) || ""
const place = () => `${window.location.pathname} ${here()}`

function write(how, code, step) {
  const url = new URL(window.location.href)
  if (code) url.searchParams.set(NAME, code)
  if (step) url.searchParams.set(STEP, step)
  else url.searchParams.delete(STEP)
  // The entry remembers whose conditions belong to it, so that Back to an own plan finds them again.
  window.history[how]({ ...window.history.state, b12: own.slot }, "", url)
  own.place = place()
}

// Session storage lives as long as the tab and is sent to nobody but this page's own server.
function stored(name, otherwise) {
  try {
    return JSON.parse(window.sessionStorage.getItem(`b12-${name}`)) ?? otherwise
  } catch (error) {
    return otherwise
  }
}

function store(name, value) {
  try {
    window.sessionStorage.setItem(`b12-${name}`, JSON.stringify(value))
    return true
  } catch (error) {
    return false
  }
}

function storePlan(name, code) {
  let names = stored("plans", []).filter((n) => n !== name)
  const drop = (n) => window.sessionStorage.removeItem(`b12-plan-${n}`)
  while (names.length >= PLANS_MAX) drop(names.shift())
  while (!store(`plan-${name}`, code)) {
    if (!names.length) return false
    drop(names.shift())
  }
  return store("plans", [...names, name])
}

function listen() {
  const app = document.querySelector("[data-testid=stApp]")
  let dropped = false
  if (app) {
    // After a dropped connection a fresh server knows nothing of this page, and would lose the first click: ask it to run at once.
    new MutationObserver(() => {
      const connected = app.getAttribute("data-test-connection-state") === "CONNECTED"
      if (connected && dropped) setTimeout(() => own.tell({}), 50)
      if (!connected) agree("no")
      dropped = !connected
    }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  }
  // Streamlit listens for popstate, reads the address and asks for a rerun of the page it belongs to. This event comes before it.
  // A browser without it tells the server afterwards, which takes one rerun more.
  const steps = window.navigation
  if (steps) steps.addEventListener("currententrychange", (event) => event.navigationType === "traverse" && stepped(true))
  else window.addEventListener("popstate", () => stepped(false))
}

function stepped(beforeStreamlit) {
  if (place() === own.place) return
  own.step += 1
  own.code = here()
  agree("no")
  if (!beforeStreamlit) return
  write("replaceState", "", own.step)
  setTimeout(() => write("replaceState", ""))
}

function agree(yes) {
  if (own.host) own.host.dataset.agrees = yes
}

// What this tab knows and a new server does not: whose address it is, and the conditions kept for it.
function introduction(data) {
  const known = Boolean(own.slot || window.history.state?.b12)
  const before = stored("slot", "")
  own.slot ||= window.history.state?.b12 || Math.random().toString(36).slice(2)
  const conditions = data.shared ? [] : stored(`conditions-${known ? own.slot : before}`, [])
  store("slot", own.slot)
  own.edit = data.edit
  own.kept = 0
  own.step = Math.max(own.step, data.step)
  const found = {}
  // Streamlit leaves an empty state where it changes the page, and no code: a reload at that moment finds it here.
  if (!here() && window.history.state && !own.code) own.code = found.address = stored(`code-${before}`, "")
  if (conditions.length || (data.linked && !known)) Object.assign(found, { conditions, known })
  return found
}

export default function ({ data, parentElement, setTriggerValue }) {
  own.host = parentElement.host
  if (!own.listening) {
    own.listening = true
    listen()
  }
  own.tell = (what) => {
    own.told += 1
    agree("no")
    setTriggerValue("told", { number: own.told, step: own.step, address: (here() || own.code).slice(0, data.longest + 1), ...what })
  }
  let news = null
  if (data.session !== own.session) {
    own.session = data.session
    news = introduction(data)
    if (!Object.keys(news).length) news = null
    else if (news.address) own.step += 1
  }
  if (data.kept !== own.kept) {
    own.kept = data.kept
    if (!store(`conditions-${own.slot}`, data.conditions) && data.conditions.length) (news ||= {}).forgets = true
  }
  if (data.plan && !storePlan(data.code, data.plan)) (news ||= {}).forgets = true
  if (data.wanted) (news ||= {}).plan = stored(`plan-${data.wanted}`, "")

  const code = here()
  const path = window.location.pathname.replace(/\/+$/, "").split("/").pop()
  const onPage = data.page ? path === data.page : !data.pages.includes(path)
  if (data.step < own.step) {
    // An answer to an older address: it is never written. Between two pages Streamlit's own rerun is on its way, and ours would undo it.
    if (onPage && !news) news = {}
  } else if (data.code && code !== data.code) {
    if (!code) write("replaceState", data.code)
    else if (data.edit > own.edit) write("pushState", data.code)
    else if (onPage) {
      // Back or Forward was pressed before anybody listened.
      own.step += 1
      news ||= {}
    }
  } else if (!own.place || window.history.state?.b12 !== own.slot) write("replaceState", "")
  own.edit = Math.max(own.edit, data.edit)
  own.place = place()
  own.code = here() || own.code
  if (data.step >= own.step) store(`code-${own.slot}`, own.code)
  if (news) own.tell(news)
  else if (data.step >= own.step && data.heard >= own.told) agree("yes")
  own.host.dataset.run = data.run
}
