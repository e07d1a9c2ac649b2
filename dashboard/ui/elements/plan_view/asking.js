// Edits and questions: an edit is done here at once; they are sent one at a time, and corrected by what the server answers.

/** What an edit does to the days in the browser. The server's answer replaces all of it. */
const AT_ONCE = {
  grams: (days, e) => { itemAt(days, e.place).grams = e.grams },
  typed: (days, e, local) => { if (local.grams) itemAt(days, e.place).grams = local.grams },
  off: (days, e) => { const item = itemAt(days, e.place); item.off = !item.off },
  remove: (days, e) => { mealAt(days, e.place).splice(e.place[2], 1) },
  add: (days, e, local) => addTo(days[e.day].meals[e.meal].items, { food: e.food, grams: local.grams, off: false, measure: local.measure }),
  add_line: (days, e, local) => { for (const { food, grams, measure } of local.foods) addTo(days[e.day].meals[e.meal].items, { food: food.id, grams, off: false, measure }) },
  nothing_eaten: (days, e) => { days[e.day].nothing = e.on },
  swap: (days, e, local) => { mealAt(days, e.place)[e.place[2]] = { food: e.to, grams: local.grams, off: false, measure: local.measure } },
  move: (days, e) => {
    const [item] = mealAt(days, e.place).splice(e.place[2], 1)
    addTo(days[e.day].meals[e.meal].items, item)
  },
}

const mealAt = (days, [day, meal]) => days[day].meals[meal].items
const itemAt = (days, place) => mealAt(days, place)[place[2]]

/** The same food in a meal grows, as it does in the plan. */
function addTo(items, item) {
  const same = items.find((other) => other.food === item.food)
  if (same) same.grams += item.grams
  else items.push(item)
}

/** Milliseconds without an answer after which an edit is sent again; the server does none twice. */
const AGAIN_MS = 4000

/**
 * The edits under way. One is with the server; the others wait, since each is made on the plan that the one before leaves.
 * `draw()` draws; `refused(text)` tells. Of a refused edit the later ones, made on top of it, are given up: `laterNotMade` says so.
 */
function makeAsking({ draw, refused, waiting, laterNotMade }) {
  const name = Math.random().toString(36).slice(2, 10)
  let number = 0
  let sendQuestion = null
  let sendEdit = null
  let data = null
  let days = []
  let flying = null
  let queue = []
  let timer = 0

  function fromServer() {
    days = data.days.map((day) => ({
      ...day,
      meals: day.meals.map((meal) => ({
        ...meal,
        items: meal.items.map(([food, grams, off, measure]) => ({ food, grams, off: Boolean(off), measure })),
      })),
    }))
  }

  function again(edit) {
    try {
      AT_ONCE[edit.kind]?.(days, edit.fields, edit.local)
    } catch (error) {
      // The place is gone in the plan as it is now; the server will say so.
    }
  }

  function flush() {
    if (flying || !queue.length || !sendQuestion || !sendEdit) return
    flying = queue.shift()
    transmit()
  }

  function transmit() {
    clearTimeout(timer)
    const send = flying.question ? sendQuestion : sendEdit
    send("press", { id: flying.id, version: flying.version, kind: flying.kind, ...flying.fields })
    timer = setTimeout(retry, AGAIN_MS)
  }

  function retry() {
    if (!flying) return
    const app = document.querySelector("[data-testid=stApp]")
    if (!flying.question) waiting()
    if (app?.getAttribute("data-test-connection-state") !== "CONNECTED") timer = setTimeout(retry, AGAIN_MS / 4)
    else transmit()
  }

  return {
    days: () => days,
    busy: () => Boolean(flying || queue.length),

    /** An edit; `local` is what the browser needs to draw it before the server answers, and `answered(notice)` is called then. */
    edit(kind, fields, local = {}) {
      const last = queue[queue.length - 1]
      const sameRow = last && kind === "grams" && last.kind === kind && String(last.fields.place) === String(fields.place)
      const edit = { id: `${name}.${++number}`, version: data.version, kind, fields, local }
      if (sameRow) queue[queue.length - 1] = edit
      else queue.push(edit)
      again(edit)
      draw()
      flush()
    },

    /** What came back of a question. The element that hands it over takes the questions to the server. */
    answer(component) {
      sendQuestion = component.setTriggerValue
      if (flying?.question && component.data.answered === flying.id) {
        clearTimeout(timer)
        flying = null
        if (component.data.notice) refused(component.data.notice)
      }
      flush()
    },

    /** The week from the server: takes over, then does again what the server has not seen yet. */
    receive(component) {
      sendEdit = component.setTriggerValue
      const answered = flying && !flying.question && component.data.answered === flying.id ? flying : null
      const before = data?.version
      let given = []
      data = component.data
      if (answered) {
        clearTimeout(timer)
        flying = null
        given = data.notice ? queue.filter((other) => !other.question) : []
        queue = queue.filter((other) => !given.includes(other))
        for (const edit of [answered, ...given]) edit.local.answered?.(data.notice)
        // What waits was made on top of the edit that was just carried out.
        for (const edit of queue) if (edit.version === before || edit.version === answered.version) edit.version = data.version
      }
      fromServer()
      for (const edit of [flying, ...queue]) if (edit) again(edit)
      if (answered && data.notice) refused(given.length ? `${data.notice} ${laterNotMade}` : data.notice)
      flush()
      return answered
    },

    /** A question, which changes nothing. It waits like an edit, since of two presses under way one can be lost. */
    ask(kind, fields) {
      const id = `${name}.${++number}`
      queue = queue.filter((other) => other.kind !== kind)
      queue.push({ id, version: data.version, kind, fields, local: {}, question: true })
      flush()
      return id
    },
  }
}
