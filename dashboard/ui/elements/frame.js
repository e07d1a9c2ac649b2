// What every page needs is set up here, once per document; small elements then only hand over what a run of the server tells.
export default function ({ data, setTriggerValue }) {
  keypad(data.number_field)
  window.b12AddressHeard = addressHeard
  document.dispatchEvent(new Event("b12-address"))
  // Streamlit changes its theme with the system's; the colours of our own come from the server, so it has to be asked.
  if (!window.b12Scheme) {
    window.b12Scheme = window.matchMedia("(prefers-color-scheme: dark)")
    window.b12Scheme.addEventListener("change", () => setTimeout(() => window.b12Scheme.asks()))
  }
  window.b12Scheme.asks = () => setTriggerValue("scheme", window.b12Scheme.matches ? "dark" : "light")
}
