import { type ReactNode, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlTag, locales, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Checkbox, NumberField, RadioGroup, Select, Slider, TextField } from '../ui/fields.tsx';
import { Mark, Stipple } from '../ui/mark.tsx';
import { CompareSlider, PictureWell, type Surround } from '../ui/pictures.tsx';
import { Alert, Badge, Card, EmptyState, Progress, Skeleton } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Toasts, useToast } from '../ui/toast.tsx';
import type { Route } from './+types/page.ts';

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(askedContext).specimens) throw new Response('There is no page here', { status: 404 });
  return locales.map((locale) => {
    const tag = intlTag(locale);
    const date = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'Asia/Kolkata' });
    const figures = new Intl.NumberFormat(tag).format(1234567.89);
    return { locale, figures: `${figures} · ${date.format(new Date('2026-04-14T06:30:00Z'))}` };
  });
}

export function meta() {
  return [{ title: 'Specimens · Undertone' }];
}

type Theme = 'light' | 'dark' | undefined;

/** Every component in every state, in four scripts, both themes and both densities. Served in development only. */
export default function Specimens({ loaderData }: Route.ComponentProps) {
  const [theme, setTheme] = useState<Theme>();
  const [desk, setDesk] = useState(false);
  return (
    <I18nProvider locale="en-IN">
      <Toasts label="Notices" closeLabel="Close">
        <div data-theme={theme} data-density={desk ? 'desk' : undefined} className="specimens">
          <header className="site-head">
            <span className="wordmark">
              <Mark /> Undertone specimens
            </span>
            <div className="row">
              <RadioGroup
                label="Theme"
                orientation="horizontal"
                value={theme ?? 'system'}
                onChange={(value) => setTheme(value === 'system' ? undefined : (value as Theme))}
                options={[
                  { id: 'system', label: 'As the device' },
                  { id: 'light', label: 'Light' },
                  { id: 'dark', label: 'Dark' },
                ]}
              />
              <Checkbox isSelected={desk} onChange={setDesk}>
                Desk density
              </Checkbox>
            </div>
          </header>
          <main className="site-section stack-l" id="content">
            <h1>Specimens</h1>
            <Type written={loaderData} />
            <Colours />
            <Buttons />
            <Fields />
            <Choices />
            <Surfaces />
            <Work />
            <Overlays />
            <Pictures />
          </main>
        </div>
      </Toasts>
    </I18nProvider>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Type({ written }: { readonly written: Route.ComponentProps['loaderData'] }) {
  return (
    <Section title="Type">
      <div className="specimen-grid">
        {written.map(({ locale, figures }) => {
          const words = messagesFor(locale).home;
          return (
            <div key={locale} lang={locale} className="stack-s">
              <h3 className="specimen-display">{words.vitiligo}</h3>
              <p className="measure">{words.vitiligoText}</p>
              <p className="small soft figures">{figures}</p>
            </div>
          );
        })}
      </div>
      <p className="figures">
        Figures stand in columns: L* 61.40 · a* 11.08 · b* 17.92 · ΔE₀₀ 0.71 · 0.36 mm · 4.20 cm² · 1 111 111
      </p>
    </Section>
  );
}

function Colours() {
  const greys = [100, 97, 92, 84, 80, 70, 60, 50, 40, 30, 20, 12, 9];
  return (
    <Section title="Greys by lightness L*, and the four pigments">
      <div className="specimen-greys">
        {greys.map((lightness) => (
          <span key={lightness} className="specimen-grey" style={{ background: `var(--l${lightness})` }}>
            <span>{lightness}</span>
          </span>
        ))}
      </div>
      <div className="row">
        <Badge tone="nil">nil acts and informs</Badge>
        <Badge tone="verdigris">verdigris confirms</Badge>
        <Badge tone="ochre">ochre asks for attention</Badge>
        <Badge tone="oxide">iron oxide stops</Badge>
        <Badge>plain</Badge>
      </div>
      <Stipple columns={120} rows={8} />
    </Section>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      {(['plain', 'strong', 'quiet', 'grave'] as const).map((look) => (
        <div key={look} className="row">
          <Button look={look}>Place dots</Button>
          <Button look={look} isDisabled>
            Not now
          </Button>
          <Button look={look} isPending>
            Working
          </Button>
          <Button look={look} icon aria-label={`Add, ${look}`}>
            +
          </Button>
        </div>
      ))}
      <div className="row">
        <ButtonLink to="/ui">A link that acts</ButtonLink>
        <a href="/ui">An ordinary link in text</a>
      </div>
    </Section>
  );
}

const needles = [
  { id: '1rl', label: '1 round liner' },
  { id: '3rl', label: '3 round liner' },
  { id: '5m', label: '5 magnum' },
  { id: '7m', label: '7 magnum, out of stock', disabled: true },
];

function Fields() {
  return (
    <Section title="Fields">
      <div className="specimen-grid">
        <TextField label="Name" hint="As on the identity card." />
        <TextField
          label="E-mail"
          type="email"
          error="Write an e-mail address, such as name@example.org."
          defaultValue="name@"
        />
        <TextField label="Phone" optional="optional" placeholder="+91" />
        <TextField label="Depth" unit="mm" defaultValue="0.8" inputMode="decimal" />
        <TextField label="Lot" isDisabled defaultValue="Not open" />
        <TextField label="Locked reading" isReadOnly defaultValue="61.4, 11.1, 17.9" />
        <NumberField label="Passes" defaultValue={2} minValue={1} maxValue={6} />
        <NumberField
          label="Dots"
          unit="per cm²"
          defaultValue={70}
          minValue={1}
          error="At most 100 per cm² on this visit."
        />
        <Select label="Needle" options={needles} placeholder="Choose" />
        <Select label="Needle" options={needles} defaultValue="3rl" isDisabled />
        <Select label="Needle" options={needles} placeholder="Choose" error="Choose a needle." />
        <TextField label="Note" lines={3} />
      </div>
    </Section>
  );
}

function Choices() {
  const pages = [
    { id: 'patch', label: 'Patch', content: <p>Area 4.2 cm², perimeter 9.1 cm.</p> },
    { id: 'edge', label: 'Edge', content: <p>Lighter than skin 5 cm away.</p> },
    { id: 'mirror', label: 'Mirror site', content: <p>Not measured.</p>, disabled: true },
  ];
  return (
    <Section title="Choices">
      <div className="specimen-grid">
        <div className="stack-s">
          <Checkbox defaultSelected>Photograph may be kept</Checkbox>
          <Checkbox>Photograph may be shown in teaching</Checkbox>
          <Checkbox isIndeterminate>All consents</Checkbox>
          <Checkbox isDisabled>Not offered here</Checkbox>
          <Checkbox isInvalid>Needed before the session</Checkbox>
        </div>
        <RadioGroup
          label="Illuminant"
          defaultValue="d65"
          options={[
            { id: 'd65', label: 'Daylight (D65)' },
            { id: 'a', label: 'Incandescent (A)' },
            { id: 'led', label: 'Warm LED (LED-B3)', disabled: true },
          ]}
        />
        <Slider
          label="Density"
          defaultValue={70}
          minValue={0}
          maxValue={100}
          formatOptions={{ style: 'unit', unit: 'percent' }}
        />
        <Slider label="Feather" defaultValue={2.5} minValue={0} maxValue={10} step={0.5} isDisabled />
      </div>
      <Tabs label="Readings" pages={pages} />
    </Section>
  );
}

function Surfaces() {
  const rows = [
    { site: 'Patch', l: '84.2', a: '4.1', b: '12.0', state: 'verdigris' as const },
    { site: 'Edge', l: '58.7', a: '12.4', b: '19.8', state: 'ochre' as const },
    { site: '5 cm away', l: '55.1', a: '13.0', b: '20.6', state: 'verdigris' as const },
  ];
  return (
    <Section title="Surfaces">
      <Alert title="A plain note">Readings are CIELAB, D65, 10°.</Alert>
      <Alert tone="nil" title="No colour chart found">
        Colour is uncalibrated: expect differences of up to 6 ΔE₀₀.
      </Alert>
      <Alert tone="verdigris" title="Plan saved">
        Version 3, signed.
      </Alert>
      <Alert tone="ochre" title="Skin is still tanned">
        Wait 8 to 12 weeks, then read again.
      </Alert>
      <Alert tone="oxide" title="Out of reach">
        No mixture of these pigments comes within 3 ΔE₀₀.
      </Alert>
      <Table
        caption="Readings"
        keyOf={(row) => row.site}
        rows={rows}
        columns={[
          { id: 'site', title: 'Site', renderCell: (row) => row.site },
          { id: 'l', title: 'L*', number: true, renderCell: (row) => row.l },
          { id: 'a', title: 'a*', number: true, renderCell: (row) => row.a },
          { id: 'b', title: 'b*', number: true, renderCell: (row) => row.b },
          {
            id: 'state',
            title: 'State',
            renderCell: (row) => (
              <Badge tone={row.state}>{row.state === 'ochre' ? 'spread' : 'steady'}</Badge>
            ),
          },
        ]}
      />
      <div className="specimen-grid">
        <Card>
          <h3>Sample patient 014</h3>
          <dl className="facts">
            <dt>Area</dt>
            <dd>4.2 cm²</dd>
            <dt>Skin</dt>
            <dd>ITA 18°, tan</dd>
            <dt>Visits</dt>
            <dd>3, eight weeks apart</dd>
          </dl>
        </Card>
        <EmptyState title="No plans yet" action={<Button look="strong">Choose a photograph</Button>}>
          A plan begins with a photograph of the patch in even light.
        </EmptyState>
      </div>
    </Section>
  );
}

function Work() {
  const [cancelled, setCancelled] = useState(false);
  return (
    <Section title="Work in progress">
      <div className="specimen-grid">
        <Progress
          label={cancelled ? 'Cancelled' : 'Searching mixtures'}
          value01={0.62}
          cancelLabel="Cancel"
          onCancel={() => setCancelled(true)}
        />
        <Progress label="Reading the photograph" />
        <Skeleton label="Loading the record" lines={4} />
      </div>
    </Section>
  );
}

function Overlays() {
  const say = useToast();
  return (
    <Section title="Dialogs and notices">
      <div className="row">
        <Dialog
          trigger={<Button>Ask first</Button>}
          title="Discard this plan?"
          renderActions={(close) => (
            <>
              <Button onPress={close}>Keep it</Button>
              <Button look="grave" onPress={close}>
                Discard
              </Button>
            </>
          )}
        >
          <p>The photograph stays in the record; the region and the recipe are lost.</p>
        </Dialog>
        <Button onPress={() => say({ text: 'Plan saved.', tone: 'verdigris' })}>Say something</Button>
        <Button
          onPress={() =>
            say({
              text: 'Stroke removed.',
              tone: 'plain',
              action: { label: 'Undo', onPress: () => undefined },
            })
          }
        >
          Offer undo
        </Button>
      </div>
    </Section>
  );
}

/** A drawn stand-in for a photograph: skin-like fields, so that the wells can be judged without anybody's face. */
function Drawn({ treated }: { readonly treated: boolean }) {
  return (
    <svg viewBox="0 0 480 300" width="480" height="300" role="img" aria-label={treated ? 'After' : 'Before'}>
      <rect width="480" height="300" fill="#b98a6a" />
      <ellipse cx="240" cy="150" rx="120" ry="80" fill={treated ? '#bb8e70' : '#e7cdbb'} />
    </svg>
  );
}

function Pictures() {
  const [surround, setSurround] = useState<Surround>('50');
  return (
    <Section title="Pictures">
      <RadioGroup
        label="Ground, L*"
        orientation="horizontal"
        value={surround}
        onChange={(value) => setSurround(value as Surround)}
        options={[
          { id: '20', label: '20' },
          { id: '50', label: '50' },
          { id: '80', label: '80' },
        ]}
      />
      <PictureWell surround={surround}>
        <CompareSlider
          label="Before and predicted"
          before={<Drawn treated={false} />}
          after={<Drawn treated />}
          beforeLabel="Before"
          afterLabel="Week 6"
        />
      </PictureWell>
    </Section>
  );
}
