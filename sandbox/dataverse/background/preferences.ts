/** Whether and how a request is to be worked on in the background. Source: Dataverse docs, background-operations. */
export interface AsyncPreferences {
  respondAsync: boolean;
  /** Where the end of it is told. */
  callback?: string;
}

/** `Prefer: respond-async, odata.callback; url="https://…"` */
export function asyncPreferences(header = ''): AsyncPreferences {
  const outside = header.replace(/"[^"]*"/g, '""');
  const callback = /\bcallback\s*;\s*url\s*=\s*"([^"]+)"/i.exec(header)?.[1];
  return {
    respondAsync: /(?:^|[,;])\s*respond-async\s*(?=$|[,;])/i.test(outside),
    ...(callback === undefined ? {} : { callback }),
  };
}
