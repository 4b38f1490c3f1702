import type { Way } from '../../backend/index.ts';

/** Where someone lives or something stands. */
export interface Address {
  street: string;
  house_number: string;
  postcode?: string;
  town?: string;
}

/** "Malakkastraat 6, 3531 HM Utrecht", or nothing. */
export function addressLine({ street, house_number, postcode = '', town = '' }: Address): string {
  const line = (...words: string[]): string => words.filter((word) => word !== '').join(' ');
  return [line(street, house_number), line(postcode, town)]
    .filter((part) => part !== '')
    .join(', ');
}

/** A number as people read it out: 06 12 34 56 78. Others stay as they are. */
export function phoneInWords(number: string): string {
  const mobile = /^(?:\+31|0031|0)6(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(
    number.replace(/[\s().-]/g, ''),
  );
  return mobile ? `06 ${mobile.slice(1).join(' ')}` : number;
}

/** The address behind a way to reach someone; `undefined` when it is only words. */
export function wayHref({ kind, value }: Way): string | undefined {
  switch (kind) {
    case 'phone': {
      const number = value.replace(/[^\d+]/g, '');
      return number === '' ? undefined : `tel:${number}`;
    }
    case 'email':
      return value.includes('@')
        ? `mailto:${encodeURIComponent(value.trim()).replace('%40', '@')}`
        : undefined;
    case 'web':
      return webHref(value.trim());
    case 'other':
    case null:
      return undefined;
  }
}

/**
 * The way there, on a map page that map apps open too. Not `geo:`, which a window of the app
 * cannot hand over to the device.
 */
export function routeHref(address: Address, userAgent = navigator.userAgent): string | undefined {
  if (address.street === '') return undefined;
  const words = encodeURIComponent(addressLine(address));
  if (/iPhone|iPad|Macintosh/.test(userAgent)) return `https://maps.apple.com/?daddr=${words}`;
  return `https://www.openstreetmap.org/search?query=${words}`;
}

/** Only web pages: an address typed in a field must not be able to run anything. */
function webHref(value: string): string | undefined {
  const address = /^[a-z][a-z\d+.-]*:/i.test(value) ? value : `https://${value}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
