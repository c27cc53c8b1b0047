/** A text with a button that copies it. */
import { Icon } from "./icon.tsx";
import { toastDone, toastFailed } from "./toasts.tsx";

export function Copy({ name, text }: { name: string; text: string }) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toastDone(`${name} copied.`);
    } catch {
      const detail = "The browser does not let the page do it. Select the text and copy it.";
      toastFailed(`Copy ${name}`, { status: 0, detail, errors: [] });
    }
  }
  return (
    <span class="copy">
      <code>{text}</code>
      <button
        type="button"
        class="quiet"
        aria-label={`Copy ${name}`}
        onClick={() => {
          void copy();
        }}
      >
        <Icon name="copy" />
        Copy
      </button>
    </span>
  );
}
