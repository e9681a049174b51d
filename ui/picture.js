// Draws boxes in columns, and arrows between them. Texts are set as text, so nothing in them can act as markup.

const SVG = "http://www.w3.org/2000/svg"

const make = (name, kind, text) => {
    const made = document.createElement(name)
    made.className = kind
    if (text !== undefined) made.textContent = text
    return made
}

const shape = (name, values) => {
    const made = document.createElementNS(SVG, name)
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value))
    return made
}

function box(each, data, press) {
    const button = make("button", `box ${each.kind}${each.lit ? "" : " unlit"}`, each.text)
    if (each.note) button.append(make("span", "note", ` (${each.note})`))
    button.type = "button"
    button.dataset.id = each.id
    button.setAttribute("aria-pressed", String(each.id === data.chosen))
    button.onclick = () => press(each.id)
    const item = make("li", "")
    item.append(button)
    return item
}

function arrows(frame, data) {
    const scene = frame.querySelector(".scene")
    const origin = scene.getBoundingClientRect()
    if (!origin.width) return
    scene.querySelector("svg")?.remove()
    const drawing = shape("svg", { width: scene.scrollWidth, height: scene.scrollHeight, "aria-hidden": "true" })
    const at = new Map([...scene.querySelectorAll(".box")].map((each) => [each.dataset.id, each.getBoundingClientRect()]))
    const labels = []
    data.edges.forEach((edge) => {
        const from = at.get(edge.from)
        const to = at.get(edge.to)
        const [x1, y1] = [from.right - origin.left, from.top + from.height / 2 - origin.top]
        const [x2, y2] = [to.left - origin.left - 5, to.top + to.height / 2 - origin.top]
        const bend = Math.max(24, (x2 - x1) / 2)
        const touches = data.chosen === edge.from || data.chosen === edge.to
        const kind = `edge${edge.dashed ? " dashed" : ""}${touches ? " touched" : ""}`
        drawing.append(shape("path", { d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`, class: kind, "stroke-width": 0.8 + edge.weight / 3 }))
        drawing.append(shape("path", { d: `M${x2},${y2 - 3.5} l6,3.5 l-6,3.5 z`, class: `head${touches ? " touched" : ""}` }))
        if (edge.text) labels.push([edge, x1, y1, y2, touches])
    })
    const used = new Map()
    labels.forEach(([edge, x, y, to, touches]) => {
        const place = used.get(edge.from) ?? 0
        used.set(edge.from, place + 1)
        const label = shape("text", { x: x + 7, y: y + (to < y ? -5 : 12) + place * 12 * Math.sign(to - y || 1), class: touches ? "touched" : "" })
        label.textContent = edge.text
        drawing.append(label)
    })
    scene.prepend(drawing)
}

export default function ({ data, parentElement, setTriggerValue }) {
    const before = parentElement.querySelector(".frame")
    const place = before ? [before.scrollLeft, before.scrollTop] : [0, 0]
    const active = parentElement.activeElement ?? document.activeElement
    const focused = before?.contains(active) ? active.dataset.id : undefined

    const frame = make("div", data.chosen ? "frame has-chosen" : "frame")
    frame.setAttribute("role", "group")
    frame.setAttribute("aria-label", data.alt)
    frame.tabIndex = 0
    const scene = make("div", "scene")
    data.columns.forEach((column, number) => {
        const part = make("div", "column")
        const title = make("p", "title", column.title)
        title.id = `column-${number}`
        const list = make("ul", "")
        list.setAttribute("aria-labelledby", title.id)
        list.append(...column.boxes.map((each) => box(each, data, (id) => setTriggerValue("pressed", id))))
        part.append(title, list)
        scene.append(part)
    })
    const near = new Set(data.edges.filter((edge) => [edge.from, edge.to].includes(data.chosen)).flatMap((edge) => [edge.from, edge.to]))
    scene.querySelectorAll(".box").forEach((each) => each.classList.toggle("near", near.has(each.dataset.id) || each.dataset.id === data.chosen))
    frame.append(scene)
    before ? before.replaceWith(frame) : parentElement.append(frame)
    arrows(frame, data)
    frame.scrollTo(...place)
    if (focused) [...frame.querySelectorAll(".box")].find((each) => each.dataset.id === focused)?.focus()

    const watch = new ResizeObserver(() => arrows(frame, data))
    watch.observe(scene)
    return () => watch.disconnect()
}
