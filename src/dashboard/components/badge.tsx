/** A state in a word, with a picture and a colour that only underline it. */
import { Icon, type IconName } from "./icon.tsx";

interface MarkProps {
  icon: IconName;
  text: string;
  /** `plain`: good to know; `warn`: worth a look; `bad`: somebody hears nothing. */
  tone?: "plain" | "warn" | "bad";
  /** What it means, for those who point at it. */
  title?: string;
}

export function Mark({ icon, text, tone = "plain", title }: MarkProps) {
  return (
    <span class={`mark mark-${tone}`} title={title}>
      <Icon name={icon} />
      {text}
    </span>
  );
}
