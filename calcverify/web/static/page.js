// What the page does beside htmx. Without it everything works, with more clicks.
(function () {
  "use strict";

  var give = document.getElementById("give");
  var files = document.getElementById("files");
  var drop = document.getElementById("drop");
  var check = document.getElementById("check");
  var alertBox = document.getElementById("alert");
  var live = document.getElementById("live");

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  // Browsers of before 2023 print a fraction as two numbers side by side.
  var probe = document.createElement("div");
  probe.innerHTML = "<math><mspace width='40px'></mspace></math>";
  document.body.appendChild(probe);
  if (probe.firstChild.getBoundingClientRect().width >= 39) { document.documentElement.classList.add("mathml"); }
  probe.remove();

  // Files: choosing or dropping them is asking for the check.
  if (files && drop) {
    document.documentElement.classList.add("scripted");
    files.addEventListener("change", function () {
      showNames();
      if (files.files.length) { check.click(); }
    });
    // A file that misses the box must not make the browser leave the page.
    ["dragover", "drop"].forEach(function (kind) {
      document.addEventListener(kind, function (event) { event.preventDefault(); });
    });
    document.addEventListener("dragenter", function () { drop.classList.add("over"); });
    document.addEventListener("dragleave", function (event) {
      if (!event.relatedTarget) { drop.classList.remove("over"); }
    });
    document.addEventListener("drop", function (event) {
      drop.classList.remove("over");
      if (event.dataTransfer && event.dataTransfer.files.length) {
        files.files = event.dataTransfer.files;
        showNames();
        check.click();
      }
    });
  }

  // The other language for what is shown, not for an empty page.
  var language = document.querySelector("a.language");
  if (give && language) {
    language.addEventListener("click", function (event) {
      if (!document.querySelector("#result .sum") || !(files.files.length || give.elements.basis.value)) { return; }
      event.preventDefault();
      give.elements.lang.value = language.dataset.lang;
      give.action = "/check?lang=" + language.dataset.lang;
      give.submit();
    });
  }

  function showNames() {
    var chosen = document.getElementById("chosen");
    var names = Array.prototype.map.call(files.files, function (file) { return file.name; });
    var more = names.length > 3 ? " … (" + names.length + ")" : "";
    chosen.textContent = names.slice(0, 3).join("  ") + more;
    chosen.hidden = !names.length;
  }

  // A project: the first click fetches it, further ones close and open it.
  document.addEventListener("submit", function (event) {
    var opener = event.submitter && event.submitter.closest(".opener");
    if (!opener) { return; }
    var body = document.getElementById(opener.dataset.body);
    if (body && body.children.length) {
      event.preventDefault();
      event.stopPropagation();
      body.hidden = !body.hidden;
      opener.setAttribute("aria-expanded", String(!body.hidden));
    }
  }, true);

  // The reading of a claim: pointing at a figure shows its card, and the other way round.
  function cardOf(mark) {
    var target = document.getElementById(mark.dataset.claim || mark.hash.slice(1));
    return target && target.closest(".card, .note");
  }
  function light(mark) {
    var card = cardOf(mark);
    all(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    if (!card) { return; }
    card.classList.add("lit");
    mark.classList.add("lit");
    var box = card.closest(".cards");
    if (box && box.scrollHeight > box.clientHeight) {
      var over = card.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (over < 0 || over + card.offsetHeight > box.clientHeight) { box.scrollTop += over - 40; }
    }
  }
  function marked(event) {
    var mark = event.target.closest && event.target.closest(".basis a[href^='#'], .basis [data-claim]");
    if (mark) { light(mark); }
  }
  document.addEventListener("mouseover", marked);
  document.addEventListener("focusin", marked);
  document.addEventListener("mouseover", function (event) {
    var card = event.target.closest && event.target.closest(".card");
    if (!card) { return; }
    all(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    all(".basis a[href='#" + card.id + "'], .basis [data-claim='" + card.id + "']").forEach(function (mark) { mark.classList.add("lit"); });
    card.classList.add("lit");
  });

  // Buttons that need this script are shown by it.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button");
    if (!button) { return; }
    var edit = button.dataset.edit && document.getElementById(button.dataset.edit);
    if (button.classList.contains("restore")) {
      all("[data-text]", edit.closest(".try")).forEach(function (field) { field.value = field.dataset.text; });
      edit.dispatchEvent(new Event("input", { bubbles: true }));
      edit.focus();
    } else if (button.classList.contains("copy")) {
      copy(edit, button);
    } else if (button.classList.contains("expand")) {
      all(".opener[aria-expanded=false]").forEach(function (opener) { opener.click(); });
    } else if (button.classList.contains("print")) {
      window.print();
    } else if (button.dataset.filter !== undefined) {
      filter(button);
    }
  });
  function copy(edit, button) {
    function done() {
      var word = button.textContent;
      button.textContent = document.body.dataset.copied;
      setTimeout(function () { button.textContent = word; }, 2000);
    }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(edit.value).then(done);
    } else {
      // A server that is reached over plain http gives the page no clipboard.
      edit.select();
      if (document.execCommand("copy")) { done(); }
    }
  }
  function filter(button) {
    var wanted = button.dataset.filter;
    all("[data-filter]").forEach(function (other) {
      other.setAttribute("aria-pressed", String(other === button));
    });
    all(".projects > li").forEach(function (item) {
      item.hidden = Boolean(wanted) && Boolean(item.dataset.status) && item.dataset.status !== wanted;
    });
  }

  function prepare(root) {
    all(".restore, .copy, .print, .expand, .filter", root).forEach(function (element) { element.hidden = false; });
    all(".recheck", root).forEach(function (element) { element.hidden = true; });
    all(".opener", root).forEach(function (opener) {
      var body = document.getElementById(opener.dataset.body);
      opener.setAttribute("aria-controls", opener.dataset.body);
      opener.setAttribute("aria-expanded", String(Boolean(body && body.children.length && !body.hidden)));
    });
  }
  prepare(document);

  document.addEventListener("htmx:afterSettle", function (event) {
    prepare(document);
    if (event.target.id === "result") {
      event.target.focus({ preventScroll: true });
      event.target.scrollIntoView({ block: "start" });
    }
  });
  document.addEventListener("htmx:beforeRequest", function () { alertBox.textContent = ""; });
  document.addEventListener("htmx:sendError", function () {
    alertBox.textContent = document.body.dataset.lost;
    live.textContent = document.body.dataset.lost;
  });
}());
