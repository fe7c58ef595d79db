/** What a clinic that has just been opened needs, in the order it is done; with the services, visitors can book. */
export const firstSteps = [
  { id: 'hours', to: '/desk/setup/hours' },
  { id: 'rooms', to: '/desk/setup/places/rooms/new' },
  { id: 'people', to: '/desk/setup/people/new' },
  { id: 'prices', to: '/desk/money/prices' },
  { id: 'pigments', to: '/desk/pigments' },
  { id: 'texts', to: '/desk/texts' },
  { id: 'consent', to: '/desk/consent-texts' },
  { id: 'staff', to: '/desk/staff' },
  { id: 'services', to: '/desk/setup/services/new' },
] as const;
export type FirstStep = (typeof firstSteps)[number]['id'];
