/**
 * The inline part of the tag: it catches the pixel's calls from the first line of the page on, until the script takes them.
 * It makes no request and touches no cookie or storage. It does not load the script: an element of its own does, which a
 * page that requires Trusted Types admits, and which the browser finds before it runs anything.
 */
import { install } from './catch.ts';

if (!window.tiktokEvents) install();
