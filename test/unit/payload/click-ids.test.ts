import { expect, test } from 'vitest';
import { metaData, metadata } from '../../../lib/payload/attributes.ts';
import { findClickIds, queryParameter } from '../../../lib/payload/click-ids.ts';

const good = 'https://shop.example/?ttclid=page';

test.each<[Record<string, string>, (string | undefined)[], object]>([
  [{ ttclid: 'own' }, [good], { ttclid: 'own' }],
  [{ TTCLID: 'own', _TTP: 'visitor' }, [good], { ttclid: 'own', ttp: 'visitor' }],
  [{ _ttclid: 'second', tiktok_click_id: 'third' }, [], { ttclid: 'second' }],
  [{ ttclid: '__CLICKID__' }, [good], { ttclid: 'page' }],
  [{ ttclid: 'undefined', _ttclid: 'second' }, [good], { ttclid: 'second' }],
  [{ ttclid: 'x'.repeat(1025) }, [good], { ttclid: 'page' }],
  // The decoder of events omits these, and says why.
  [{ ttclid: 'x'.repeat(1025) }, [], { ttclid: 'x'.repeat(1025) }],
  [{ ttclid: 'none' }, ['/?ttclid=__CLICKID__'], { ttclid: 'none' }],
  [{}, ['/', '/?ttclid=__CLICKID__'], { ttclid: '__CLICKID__' }],
  [{ _ttp: 'null', ttp: 'visitor' }, [], { ttp: 'visitor' }],
  [{ _ttp: 'x'.repeat(257), tiktok_ttp: 'visitor' }, [], { ttp: 'visitor' }],
  [{ _ttp: 'undefined' }, [], { ttp: 'undefined' }],
  [{}, [undefined, '/?ttclid=__CLICKID__', '/#/p?ttclid=route', good], { ttclid: 'route' }],
  [{}, ['/a?b=1&amp;ttclid=html'], { ttclid: 'html' }],
  [{}, ['android-app://com.example/', 'about:blank', undefined], {}],
])('finds in the attributes %j and the pages %j the ids %j', (attributes, pages, ids) => {
  expect(findClickIds(metadata(attributes), pages)).toEqual(ids);
});

test('finds a click id behind a placeholder in an attribute of the same name', () => {
  const twice = metaData([
    { key: 'ttclid', value: 'undefined' },
    { key: 'TTCLID', value: 'E.C.P.1' },
    { key: 'ttclid', value: 'E.C.P.2' },
  ]);
  expect(findClickIds(twice, [good])).toEqual({ ttclid: 'E.C.P.1' });
});

test.each<[string | undefined, string | undefined]>([
  ['https://shop.example/?x=1&size=a%2Bb', 'a+b'],
  ['/p?size=M', 'M'],
  ['?size=/a?b=1', '/a?b=1'],
  ['/p?size=&amp;size=M', ''],
  ['/p?x=1&amp;size=M', 'M'],
  ['/#/p?size=M', 'M'],
  ['/#size=M', 'M'],
  ['/?size=M#size=L', 'M'],
  ['/?x=1', undefined],
  [undefined, undefined],
])('reads the parameter size of the address %j as %j', (address, value) => {
  expect(queryParameter(address, 'size')).toBe(value);
});
