/** The server's time, for countdowns: it changes once a second. */
import { useEffect, useState } from 'preact/hooks';

export function useNow(clockOffsetMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs + clockOffsetMs;
}
