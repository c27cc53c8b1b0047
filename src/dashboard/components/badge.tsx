/** A state in a word. Its icon and colour only repeat what the word says. */
import { Icon, type IconName } from "./icon.tsx";

interface BadgeProps {
  icon: IconName;
  text: string;
  /** `plain`: information; `warn`: worth a look; `bad`: callers cannot hear each other. */
  tone?: "plain" | "warn" | "bad";
  /** An explanation, shown as a tooltip. */
  title?: string;
}

export function Badge({ icon, text, tone = "plain", title }: BadgeProps) {
  return (
    <span class={`badge badge-${tone}`} title={title}>
      <Icon name={icon} />
      {text}
    </span>
  );
}
