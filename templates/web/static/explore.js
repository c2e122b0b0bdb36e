// Offers to explore a still figure with plotly's own script, which the server takes from the installed
// package and sends only when someone asks.

let plotly;

function loaded() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/assets/plotly.js";
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return plotly;
}

for (const button of document.querySelectorAll("[data-explore]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const still = button.closest("figure").querySelector(".picture");
    button.disabled = true;
    try {
      const [Plotly, answer] = await Promise.all([loaded(), fetch(`/figures/data/${button.dataset.explore}`)]);
      const { data, layout } = await answer.json();
      const place = document.createElement("div");
      place.className = "explored";
      still.after(place);
      await Plotly.newPlot(place, data, layout, { responsive: true, displaylogo: false });
      button.hidden = true;
    } catch {
      button.disabled = false;
    }
  });
}
