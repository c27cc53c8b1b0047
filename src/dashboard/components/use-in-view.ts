/** Whether an element is visible in the window. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** An element counts as visible a little before it is scrolled into view. */
const MARGIN = "200px";

export function useInView<T extends Element>(): [RefObject<T | null>, boolean] {
  const element = useRef<T>(null);
  const [inView, setInView] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, inView];
}
