/**
 * Services, rooms and hours of the sample clinic. Durations, hours and spacings are settings a clinic replaces by its
 * own (spacings follow the protocol table, unreviewed); prices stay empty until the clinic sets them.
 */
import type { Trx } from '../platform/database.ts';
import {
  type PlaceSetup,
  type PractitionerSetup,
  type ServiceSetup,
  savePlace,
  savePolicy,
  savePractitioner,
  saveService,
  saveWeek,
  type WeeklySetup,
} from './setup.ts';

/** Fixed ids, so that tests, guides and links can name them. */
const sampleIds = {
  consultation: '5a3f0001-0000-4000-8000-000000000001',
  scalp: '5a3f0001-0000-4000-8000-000000000002',
  lip: '5a3f0001-0000-4000-8000-000000000003',
  vitiligo: '5a3f0001-0000-4000-8000-000000000004',
  trialSpot: '5a3f0001-0000-4000-8000-000000000005',
  followUp: '5a3f0001-0000-4000-8000-000000000006',
  doctor: '5a3f0002-0000-4000-8000-000000000001',
  consultingRoom: '5a3f0003-0000-4000-8000-000000000001',
  procedureRoom: '5a3f0003-0000-4000-8000-000000000002',
  machine: '5a3f0004-0000-4000-8000-000000000001',
} as const;

const procedure = {
  roomKind: 'procedure',
  machineKind: 'micropigmentation',
  bufferBeforeMin: 10,
  bufferAfterMin: 20,
};

const services: readonly ServiceSetup[] = [
  {
    id: sampleIds.consultation,
    slug: 'consultation',
    names: {
      en: 'Consultation with the doctor',
      hi: 'डॉक्टर से परामर्श',
      bn: 'ডাক্তারের পরামর্শ',
      ne: 'डाक्टरसँग परामर्श',
    },
    kind: 'consultation',
    treatment: null,
    durationMin: 30,
    bufferAfterMin: 5,
    roomKind: 'consultation',
    position: 1,
    preparation: {
      en: 'Bring the names of your medicines and earlier reports.',
      hi: 'अपनी दवाओं के नाम और पुरानी रिपोर्ट साथ लाएँ।',
      bn: 'আপনার ওষুধের নাম ও আগের রিপোর্ট সঙ্গে আনুন।',
      ne: 'आफ्ना औषधिका नाम र पुराना रिपोर्ट ल्याउनुहोस्।',
    },
  },
  {
    id: sampleIds.trialSpot,
    slug: 'vitiligo-trial-spot',
    names: {
      en: 'Trial spot (vitiligo)',
      hi: 'परीक्षण बिंदु (विटिलिगो)',
      bn: 'পরীক্ষামূলক বিন্দু (শ্বেতী)',
      ne: 'परीक्षण थोप्लो (भिटिलिगो)',
    },
    kind: 'treatment',
    treatment: 'vitiligo',
    durationMin: 30,
    ...procedure,
    position: 2,
  },
  {
    id: sampleIds.scalp,
    slug: 'scalp',
    names: {
      en: 'Scalp micro-pigmentation',
      hi: 'सिर की त्वचा पर माइक्रो-पिगमेंटेशन',
      bn: 'মাথার ত্বকে মাইক্রো-পিগমেন্টেশন',
      ne: 'टाउकोको छालामा माइक्रो-पिग्मेन्टेसन',
    },
    kind: 'treatment',
    treatment: 'scalp',
    durationMin: 180,
    ...procedure,
    series: { visits: 3, gapMinDays: 10, gapMaxDays: 30 },
    position: 3,
  },
  {
    id: sampleIds.lip,
    slug: 'lip',
    names: {
      en: 'Lip micro-pigmentation',
      hi: 'होंठों पर माइक्रो-पिगमेंटेशन',
      bn: 'ঠোঁটে মাইক্রো-পিগমেন্টেশন',
      ne: 'ओठमा माइक्रो-पिग्मेन्टेसन',
    },
    kind: 'treatment',
    treatment: 'lip',
    durationMin: 120,
    ...procedure,
    series: { visits: 2, gapMinDays: 42, gapMaxDays: 56 },
    position: 4,
  },
  {
    id: sampleIds.vitiligo,
    slug: 'vitiligo',
    names: {
      en: 'Vitiligo micro-pigmentation',
      hi: 'विटिलिगो पर माइक्रो-पिगमेंटेशन',
      bn: 'শ্বেতীতে মাইক্রো-পিগমেন্টেশন',
      ne: 'भिटिलिगोमा माइक्रो-पिग्मेन्टेसन',
    },
    kind: 'treatment',
    treatment: 'vitiligo',
    durationMin: 90,
    ...procedure,
    series: { visits: 3, gapMinDays: 28, gapMaxDays: 42 },
    position: 5,
  },
  {
    id: sampleIds.followUp,
    slug: 'follow-up',
    names: { en: 'Follow-up visit', hi: 'अगली जाँच', bn: 'পরবর্তী সাক্ষাৎ', ne: 'पछिको जाँच' },
    kind: 'follow-up',
    treatment: null,
    durationMin: 20,
    roomKind: 'consultation',
    online: false,
    position: 6,
  },
];

/** Monday to Saturday, ten to six with an hour's break. */
const week: readonly WeeklySetup[] = [1, 2, 3, 4, 5, 6].flatMap((weekday) => [
  { weekday, openMin: 10 * 60, closeMin: 13 * 60 },
  { weekday, openMin: 14 * 60, closeMin: 18 * 60 },
]);

/** Sets the sample clinic up, once: what its owner changed since is left alone. */
export async function seedSampleBooking(trx: Trx, tenantId: string, branchId: string): Promise<void> {
  const there = await trx
    .selectFrom('services')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sampleIds.consultation)
    .executeTakeFirst();
  if (there !== undefined) return;
  for (const service of services) await saveService(trx, tenantId, service);
  await saveWeek(trx, tenantId, branchId, null, week);
  const doctor: PractitionerSetup = {
    id: sampleIds.doctor,
    name: 'Dr. Sneha Bhagat',
    serviceIds: services.map((s) => s.id),
    branches: [{ branchId, hours: null }],
  };
  await savePractitioner(trx, tenantId, doctor);
  const rooms: readonly PlaceSetup[] = [
    { id: sampleIds.consultingRoom, branchId, name: 'Consulting room', kinds: ['consultation'] },
    { id: sampleIds.procedureRoom, branchId, name: 'Procedure room', kinds: ['procedure', 'consultation'] },
  ];
  for (const room of rooms) await savePlace(trx, tenantId, 'rooms', room);
  await savePlace(trx, tenantId, 'machines', {
    id: sampleIds.machine,
    branchId,
    name: 'Micro-pigmentation machine 1',
    kinds: ['micropigmentation'],
  });
  await savePolicy(trx, tenantId, {
    freeCancelHours: 24,
    moveUntilHours: 6,
    maxMoves: 3,
    holdMinutes: 30,
    offerMinutes: 120,
    texts: {
      en: 'You can move or cancel by the link in your message: move until 6 hours before, cancel at any time before the visit. Please tell us at least 24 hours ahead if you can.',
      hi: 'संदेश में दिए लिंक से समय बदल या रद्द कर सकते हैं: बदलना 6 घंटे पहले तक, रद्द करना मुलाक़ात से पहले कभी भी। हो सके तो 24 घंटे पहले बताएँ।',
      bn: 'বার্তার লিঙ্ক থেকে সময় বদলাতে বা বাতিল করতে পারেন: বদল 6 ঘণ্টা আগে পর্যন্ত, বাতিল সাক্ষাতের আগে যেকোনো সময়। পারলে 24 ঘণ্টা আগে জানান।',
      ne: 'सन्देशको लिङ्कबाट समय सार्न वा रद्द गर्न सकिन्छ: सार्न 6 घण्टा अघिसम्म, रद्द भेटअघि जुनसुकै बेला। सकेसम्म 24 घण्टा अघि भन्नुहोस्।',
    },
  });
}
