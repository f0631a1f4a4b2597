// Improves pages that work without it: keys, filters that apply at once, copying, and the first event.
"use strict";

(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  // Keys: / to search, j and k along the issues, Enter to open, and whatever a link claims with data-key.
  let chosen = -1;

  const choose = (step) => {
    const links = all(".stream .title");
    if (links.length === 0) return;
    chosen = Math.min(Math.max(chosen + step, 0), links.length - 1);
    links[chosen].focus();
    links[chosen].closest("tr").scrollIntoView({ block: "nearest" });
  };

  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

  document.addEventListener("focusin", (event) => {
    const place = all(".stream .title").indexOf(event.target);
    if (place >= 0) chosen = place;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const search = document.querySelector("input[type=search]");
    const link = all("a[data-key]").find((link) => link.dataset.key === event.key);
    if (event.key === "/" && search) { search.focus(); search.select(); }
    else if (event.key === "j") choose(1);
    else if (event.key === "k") choose(-1);
    else if (link) link.click();
    else return;
    event.preventDefault();
  });

  // A filter applies as soon as it is picked.
  all("form[role=search] select").forEach((select) => {
    select.addEventListener("change", () => select.form.submit());
  });

  // The reader's own time zone, in tooltips.
  all("time[datetime]").forEach((time) => {
    const moment = new Date(time.dateTime.replace(/(\.\d{3})\d*/, "$1"));
    if (!Number.isNaN(moment.getTime())) time.title = `${moment.toLocaleString()} (${time.title || time.textContent})`;
  });

  // Copying what is meant to be pasted.
  if (navigator.clipboard) {
    all("[data-copy]").forEach((block) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      const holder = document.createElement("div");
      holder.className = "copyable";
      block.replaceWith(holder);
      holder.append(block, button);
    });
  }

  // A frame or a fold that a link leads into opens.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.querySelector(":scope > details.fold");
    if (fold) fold.open = true;
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // The setup page asks for the first event until it is there.
  const waiting = document.querySelector("[data-status] .waiting");
  if (waiting) {
    const address = waiting.closest("[data-status]").dataset.status;
    const ask = async () => {
      try {
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        if (response.ok && (await response.json()).issue) { location.reload(); return; }
      } catch (error) {
        // The server may be restarting; the next try tells.
      }
      setTimeout(ask, 2000);
    };
    setTimeout(ask, 2000);
  }
})();
