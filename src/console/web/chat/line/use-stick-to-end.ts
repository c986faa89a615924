import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 90;

/** How the chat scrolls. */
export interface Sticking {
  readonly place: RefObject<HTMLDivElement | null>;
  /** True while the newest line is in view; new ones are then followed. */
  readonly isAtEnd: boolean;
  readonly toEnd: (smoothly?: boolean) => void;
  readonly onScroll: () => void;
}

function prefersStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Keeps the end in view while one reads there, and the line one reads while older ones are put
 * above it. `first` and `last` are ids of the outermost lines; `room` begins anew at the end.
 */
export function useStickToEnd(
  room: string,
  first: string | undefined,
  last: string | undefined,
): Sticking {
  const place = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const atEnd = useRef(true);
  const before = useRef({ room, first, height: 0 });

  const toEnd = useCallback((smoothly = false) => {
    const box = place.current;
    if (box === null) return;
    atEnd.current = true;
    setAtEnd(true);
    box.scrollTo({
      top: box.scrollHeight,
      behavior: smoothly && !prefersStill() ? "smooth" : "instant",
    });
  }, []);

  const onScroll = useCallback(() => {
    const box = place.current;
    if (box === null) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    setAtEnd(atEnd.current);
  }, []);

  useLayoutEffect(() => {
    const box = place.current;
    if (box === null) return;
    const was = before.current;
    if (was.room !== room) toEnd();
    else if (atEnd.current) box.scrollTop = box.scrollHeight;
    else if (was.first !== first) box.scrollTop += box.scrollHeight - was.height;
    before.current = { room, first, height: box.scrollHeight };
  }, [room, first, last, toEnd]);

  useEffect(() => {
    const box = place.current;
    const content = box?.firstElementChild;
    if (box === null || !content) return;
    // A picture that arrives, a field that grows: the end stays in view.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
      before.current = { ...before.current, height: box.scrollHeight };
    });
    observer.observe(box);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  return { place, isAtEnd, toEnd, onScroll };
}
