// How the text editor looks: our tokens, which reach into the shadow root, in both themes.
export function look(cm) {
  const t = cm.tags;
  return [
    cm.EditorView.theme({
      "&": { height: "min(64dvh, 46rem)", background: "var(--surface)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--radius)", overflow: "hidden" },
      "&.cm-focused": { outline: "3px solid var(--lantern)", outlineOffset: "2px" },
      ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "0.875rem", lineHeight: "1.55" },
      ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
      ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--mark)" },
      ".cm-gutters": { background: "var(--sunk)", color: "var(--ink-soft)", borderInlineEnd: "1px solid var(--hairline)" },
      ".cm-activeLine": { background: "color-mix(in oklab, var(--lantern) 8%, transparent)" },
      ".cm-activeLineGutter": { background: "var(--hover)", color: "var(--ink)" },
      ".cm-selectionMatch": { background: "var(--lantern-soft)" },
      ".cm-searchMatch": { background: "var(--mark)", outline: "1px solid var(--edge)" },
      ".cm-searchMatch-selected": { background: "var(--flame)", color: "#1d2430" },
      ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "var(--lantern-soft)", outline: "1px solid var(--edge)" },
      ".cm-panels": { background: "var(--paper)", color: "var(--ink)", fontFamily: "var(--font)" },
      ".cm-panels-top": { borderBottom: "1px solid var(--hairline)" },
      ".cm-panel.cm-search": { padding: "0.5rem 2rem 0.5rem 0.6rem", fontSize: "var(--small)" },
      ".cm-textfield": { background: "var(--surface)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "4px", padding: "0.3rem 0.4rem", fontSize: "var(--small)" },
      ".cm-button": { background: "var(--surface)", backgroundImage: "none", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "4px", padding: "0.3rem 0.6rem", fontSize: "var(--small)" },
      ".cm-panel button[name=close]": { color: "var(--ink)", fontSize: "1.25rem", padding: "0 0.4rem" },
      ".cm-tooltip": { background: "var(--surface)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--radius)", maxWidth: "36rem" },
      ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: "var(--small)", padding: "0.35rem 0.6rem" },
      ".cm-diagnostic-error": { borderInlineStart: "4px solid var(--red)" },
      ".cm-diagnostic-warning": { borderInlineStart: "4px solid var(--amber)" },
      ".cm-lintRange-error, .cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--red)", textDecorationSkipInk: "none", textUnderlineOffset: "0.25em" },
      ".cm-lintRange-warning": { textDecorationColor: "var(--amber)" },
      // shape and colour, as everywhere: a filled square for an error, a triangle for a warning
      ".cm-lint-marker": { width: "0.8em", height: "0.8em", margin: "0.35em 0.1em" },
      ".cm-lint-marker-error": { content: "none", background: "var(--red)", borderRadius: "2px" },
      ".cm-lint-marker-warning": { content: "none", background: "var(--amber)", clipPath: "polygon(50% 0, 100% 100%, 0 100%)" },
      ".cm-foldPlaceholder": { background: "var(--sunk)", color: "var(--ink)", border: "1px solid var(--hairline)" },
    }),
    cm.syntaxHighlighting(
      cm.HighlightStyle.define([
        { tag: [t.propertyName, t.definition(t.propertyName)], fontWeight: "600" },
        { tag: t.comment, color: "var(--ink-soft)", fontStyle: "italic" },
        { tag: [t.string, t.special(t.string), t.attributeValue], color: "var(--green)" },
        { tag: [t.separator, t.punctuation, t.bracket, t.squareBracket, t.brace], color: "var(--ink-soft)" },
        { tag: [t.keyword, t.labelName, t.typeName, t.meta], color: "var(--lantern)" },
      ]),
    ),
  ];
}

export function paint(place, text, sort = "") {
  place.textContent = text;
  place.className = sort === "failed" ? "field__error" : sort === "unsaved" ? "unsaved" : "soft";
}
