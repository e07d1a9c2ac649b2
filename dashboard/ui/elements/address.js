// The address and the tab's memory. The only writer of "p", the parameter with the plan's code.
const NAME = "p"
// How often Back and Forward were pressed. Stands in the address only while Streamlit reads it for its own rerun.
const STEP = "step"
const PLANS_MAX = 40
// Streamlit's own rerun brings the count of steps with it. Only where that got lost the element tells it, after this time.
const LOST_MS = window.navigation ? 300 : 0
// Where another rerun took the place of one that brought news, the news is told again after this time. The server hears none twice.
const UNHEARD_MS = 1000

// One per document: the element is drawn anew on every run, its listeners are not.
const own = (window.b12Address ||= { step: 0, told: 0, edit: 0, kept: 0, session: "", slot: "", code: "", place: "", slots: {} })

const here = () => new URLSearchParams(window.location.search).get(NAME) || ""
const place = () => `${window.location.pathname} ${here()}`
const bare = (path) => path.replace(/\/+$/, "")

function write(how, code, step) {
  const url = new URL(window.location.href)
  if (code) url.searchParams.set(NAME, code)
  if (step) url.searchParams.set(STEP, step)
  else url.searchParams.delete(STEP)
  // The entry remembers whose conditions belong to it, so that Back to an own plan finds them again.
  own.writing = true
  window.history[how]({ ...window.history.state, b12: own.slot }, "", url)
  own.writing = false
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

const word = () => Math.random().toString(36).slice(2)

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
      if (connected && dropped) setTimeout(() => own.returned(), 50)
      if (!connected) agree("no")
      dropped = !connected
    }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  }
  // Streamlit listens for popstate, reads the address and asks for a rerun of the page it belongs to. This event comes before it.
  // A browser without it tells the server afterwards, which takes one rerun more.
  const navigation = window.navigation
  if (!navigation) {
    window.addEventListener("popstate", () => moved("traverse"))
    return
  }
  navigation.addEventListener("currententrychange", (event) => moved(event.navigationType))
  // A server just started takes the folder of the pages for the menu, until the entry has run once, and would lead to a page "/plan".
  navigation.addEventListener("navigate", (event) => {
    const { sameDocument, url } = event.destination
    if (event.navigationType === "push" && sameDocument && own.paths && !own.paths.includes(bare(new URL(url).pathname))) event.preventDefault()
  })
}

function moved(how) {
  if (own.writing) return
  if (how !== "traverse") {
    // Another page is read from its top; Streamlit leaves it where the last one was scrolled to.
    if (own.place && place().split(" ")[0] !== own.place.split(" ")[0]) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
    // Streamlit changed the page: it drops the code, or writes an old one.
    if (own.code && here() !== own.code) write("replaceState", own.code)
    return
  }
  if (place() === own.place) return
  clearTimeout(own.late)
  own.step += 1
  own.code = here()
  own.slot = window.history.state?.b12 || own.slot
  agree("no")
  if (!window.navigation) return
  write("replaceState", "", own.step)
  setTimeout(() => write("replaceState", ""))
}

function agree(yes) {
  if (own.host) own.host.dataset.agrees = yes
}

// What this tab knows and a new server does not: whose address it is, and the conditions kept for it.
function introduction(data) {
  const known = Boolean(own.slot || window.history.state?.b12)
  const before = stored("slot", ""), last = stored("last", "")
  own.slot ||= window.history.state?.b12 || word()
  own.slots = { [data.person]: own.slot }
  own.person = data.person
  store("slot", own.slot)
  own.session = data.session
  own.edit = data.edit
  own.kept = 0
  own.telling = null
  own.step = Math.max(own.step, data.step)
  const conditions = data.shared ? [] : stored(`conditions-${known ? own.slot : before}`, [])
  if (conditions.length || (data.linked && !known)) return { conditions, known, before: known ? "" : last }
  document.documentElement.dataset.b12Known = "yes"
  return null
}

function addressHeard({ data, parentElement, setStateValue, setTriggerValue }) {
  own.host = parentElement.host
  if (!own.listening) {
    own.listening = true
    listen()
  }
  const now = () => ({ session: own.session, step: own.step, address: (here() || own.code).slice(0, data.longest + 1) })
  const told = () => {
    own.told += 1
    agree("no")
    return { ...now(), number: own.told }
  }
  // A state stays with every rerun that follows, also the one that a server just started asks of itself; a trigger comes once.
  own.returned = () => setStateValue("at", { ...own.telling?.what, ...told(), conditions: stored(`conditions-${own.slot}`, []) })

  let news = own.untold || null
  if (data.session !== own.session) news = introduction(data)
  if (data.person !== own.person) {
    own.person = data.person
    own.slot = own.slots[data.person] ||= word()
  } else if (own.slot !== own.slots[own.person] && data.step === own.step) {
    // A step to an address of another person, of whom this server knows nothing.
    own.slots[own.person] = own.slot
    own.kept = data.kept
    if (!data.shared) news = { ...news, conditions: stored(`conditions-${own.slot}`, []), whose: true }
  }
  if (data.kept !== own.kept) {
    own.kept = data.kept
    if (!store(`conditions-${own.slot}`, data.conditions) && data.conditions.length) news = { ...news, forgets: true }
  }
  if (data.plan && !storePlan(data.code, data.plan)) news = { ...news, forgets: true }
  if (data.wanted) news = { ...news, plan: stored(`plan-${data.wanted}`, "") }

  const code = here()
  const path = bare(window.location.pathname), last = path.split("/").pop()
  const onPage = last === data.page || (!data.page && !data.pages.includes(last))
  if (onPage) {
    const root = data.page ? bare(path.slice(0, -data.page.length)) : path
    own.paths = data.pages.map((page) => bare(`${root}/${page}`))
  }
  const send = () => setTriggerValue("told", { ...own.telling.what, ...now() })
  const tell = (what) => {
    own.telling = { what: { ...own.telling?.what, ...what, ...told() }, slot: own.slot }
    send()
    clearTimeout(own.late)
    own.late = setTimeout(send, UNHEARD_MS)
  }
  clearTimeout(own.late)
  // What was told of another person's plan is of no use to the one that is shown now.
  if (own.telling && (data.heard >= own.telling.what.number || own.telling.slot !== own.slot)) own.telling = null
  else if (own.telling && onPage && !news) own.late = setTimeout(send, UNHEARD_MS)
  if (data.step < own.step) {
    // An answer to an older address: it is never written. Between two pages Streamlit's own rerun is on its way, and ours would undo it.
    if (onPage && !news && !own.telling) own.late = setTimeout(() => tell({}), LOST_MS)
  } else if (data.code && code !== data.code) {
    if (!code) write("replaceState", data.code)
    else if (data.edit > own.edit) write("pushState", data.code)
    else if (onPage) {
      // Back or Forward was pressed before anybody listened.
      own.step += 1
      news = { ...news }
    }
  } else if (!own.place || window.history.state?.b12 !== own.slot) write("replaceState", "")
  own.edit = Math.max(own.edit, data.edit)
  own.place = place()
  own.code = here() || own.code
  store("last", own.code)
  own.untold = onPage ? null : news
  if (news && onPage) tell(news)
  else if (!news && data.step >= own.step && !own.telling) agree("yes")
  own.host.dataset.run = data.run
}
