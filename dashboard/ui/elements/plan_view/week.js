// The week as bars against the target line; a bar is also the way to its day.

/** With more days than this their names are numbers, and the bars roll sideways where there is no room. */
const MANY = 10

function makeWeek(view) {
  const { texts } = view
  const title = el("h3", { class: "week-title" })
  const note = el("p", { class: "week-note" })
  const key = el("ul", { class: "key" })
  const bars = el("div", { class: "bars", role: "tablist", "aria-label": texts.days })
  const line = el("div", { class: "target", "aria-hidden": "true" }, el("span"))
  const picture = el("div", { class: "picture" }, bars, line)
  const box = el("section", { class: "week" }, title, note, key, picture)

  function makeDay() {
    const stack = el("span", { class: "stack" })
    const tab = el("button", { type: "button", role: "tab", class: "day" }, el("span", { class: "plot" }, stack), el("span", { class: "figure" }), el("span", { class: "name" }))
    tab.onclick = () => view.showDay(Number(tab.dataset.number))
    return tab
  }

  bars.addEventListener("keydown", (event) => {
    const last = view.days().length - 1
    const to = { ArrowRight: view.day() + 1, ArrowLeft: view.day() - 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    view.showDay(Math.max(0, Math.min(last, to)))
    bars.children[view.day()].focus()
  })

  return {
    box,
    bars,
    update(data, days) {
      const top = data.top_ug
      set(title, { text: data.title })
      set(note, { text: data.note })
      const parts = ["natural", "added", "supplement"]
      const used = parts.filter((part) => days.some((day) => day[part] > 0))
      for (const part of ["given", "missing"]) if (days.some((day) => day[part] > 0)) used.push(part)
      if (data.target) used.push("target")
      keyed(key, used, (part) => part, (part) => el("li", { class: `${part}-key` }, el("i", { class: part === "target" ? "" : part }), el("span")), (item, part) => {
        set(item.lastChild, { text: part === "target" ? data.target.said : texts[part] })
      })
      keyed(bars, days, (_, number) => String(number), makeDay, (tab, day, number) => {
        const selected = number === view.day()
        tab.dataset.number = String(number)
        set(tab, {
          id: `day-${number}`,
          "aria-selected": String(selected),
          "aria-controls": "day-panel",
          "aria-label": day.aloud,
          tabIndex: selected ? 0 : -1,
          class: `day${day.entered ? "" : " not-entered"}`,
        })
        const [plot, figure, name] = tab.children
        const reach = parts.reduce((sum, part) => sum + day[part], 0)
        let left = 1
        const shares = parts.map((part) => {
          const share = Math.min(left, day[part] / top)
          left -= share
          return [part, share]
        })
        drawShares(plot.firstChild, [...shares, ["missing", day.missing > 0 ? Math.min(left, day.missing / top) : 0]], "height")
        plot.classList.toggle("given-too", day.given > 0)
        plot.classList.toggle("cut", reach > top * 1.001)
        set(figure, { text: day.said })
        set(name, { text: days.length > MANY ? day.number : day.short })
      })
      box.classList.toggle("many", days.length > MANY)
      set(line, { hidden: !data.target })
      if (data.target) {
        line.style.setProperty("--at", String(data.target.ug / top))
        set(line.firstChild, { text: data.target.said })
      }
    },
  }
}
