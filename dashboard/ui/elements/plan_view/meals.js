// The meals of the day that is shown: a card each, its foods, and a field to add one.

function makeMeal(view, meal) {
  const { texts, menu } = view
  const mealName = view.meals[meal]
  const heading = el("h4", { text: mealName })
  const sum = el("span", { class: "sum" })
  const note = el("div", { class: "note" })
  const dots = menuButton(menu, { class: "dots", "aria-label": fill(texts.meal_menu, { meal: mealName }) }, "dots", () => fill(texts.meal_menu, { meal: mealName }), entries)
  const head = el("header", {}, heading, sum, dots, note)
  const rows = el("ul", { class: "rows", "aria-label": mealName })
  const empty = el("p", { class: "empty", text: texts.empty_meal })
  const finder = makeFinder(view, { label: "", often: () => view.often(meal), choose: add, chooseLine: addLine, fromLabel })
  const card = el("section", { class: "meal", "aria-label": mealName }, head, el("div", { class: "foods" }, empty, rows, finder.box))
  const drawn = new WeakMap()
  let day = 0
  let copyTo = new Set()

  function fromLabel(name) {
    view.edit("label", { day, meal, name })
  }

  function add(food) {
    view.edit("add", { day, meal, food: food.id }, {
      grams: food.grams, measure: food.measure, food, text: fill(texts.added_to, { name: food.name, meal: mealName.toLowerCase() }),
    })
  }

  /** Foods with amounts, each `{food, grams, measure, usual}`; those with a usual portion are named, to be checked. */
  function addLine(chosen) {
    const into = mealName.toLowerCase()
    const usual = chosen.filter((weighed) => weighed.usual).map((weighed) => weighed.food.name)
    const names = chosen.map((weighed) => weighed.food.name).join(", ")
    const check = usual.length ? ` ${fill(texts.line_check, { names: usual.join(", ") })}` : ""
    const foods = chosen.map((weighed) => [weighed.food.id, weighed.grams])
    view.edit("add_line", { day, meal, foods }, { foods: chosen, text: fill(texts.line_added, { foods: names, meal: into }) + check })
  }

  function entries() {
    const joined = view.days()[day].meals[meal].joined ?? []
    copyTo = new Set()
    return [
      ...view.meals.map((other, number) => number !== meal && {
        text: fill(texts.eaten_with, { meal: other.toLowerCase() }),
        checked: joined.includes(number),
        act: () => view.edit("join", { day, meal, other: number }),
      }),
      { text: texts.label_menu, act: () => fromLabel("") },
      view.days().length > 1 && {
        text: texts.copy_meal,
        stay: true,
        act: () => menu.turn(texts.copy_meal, () => copyEntries(view, day, copyTo, (to, text) => view.edit("copy_meal", { day, meal, to }, { text }))),
      },
    ]
  }

  return {
    card,
    rows,
    field: finder.field,
    update(shownDay, data) {
      day = shownDay
      set(sum, { text: data.said })
      const notes = [data.note, data.joined_said].filter(Boolean)
      keyed(note, notes, (text) => text, (text) => el("p", { text }), () => {})
      set(note, { hidden: !notes.length })
      set(empty, { hidden: data.items.length > 0 })
      finder.update(fill(texts.add_to, { meal: mealName.toLowerCase() }))
      const seen = new Map()
      const keyOf = (item) => {
        const count = (seen.get(item.food) ?? 0) + 1
        seen.set(item.food, count)
        return `${day}:${item.food}:${count}`
      }
      keyed(rows, data.items, keyOf, () => { const made = makeFoodRow(view); drawn.set(made.row, made); return made.row }, (row, item, index) => {
        drawn.get(row).update(item, view.food(item.food), [day, meal, index])
      })
    },
  }
}

/** Days to tick and a button to copy: the entries of a menu that stays open. */
function copyEntries(view, day, ticked, copy) {
  const { texts } = view
  return [
    { note: true, text: texts.copy_hint },
    ...view.days().map((other, number) => number !== day && {
      text: other.name,
      checked: ticked.has(number),
      stay: true,
      act: () => { if (!ticked.delete(number)) ticked.add(number) },
    }),
    {
      text: texts.copy_go,
      main: true,
      disabled: !ticked.size,
      act: () => {
        const to = [...ticked].sort((a, b) => a - b)
        copy(to, fill(texts.copied, { days: to.map((number) => view.days()[number].name).join(", ") }))
      },
    },
  ]
}
