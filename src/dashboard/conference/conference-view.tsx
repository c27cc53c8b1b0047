export function ConferenceView({ name }: { name: string }) {
  return <p>{name}</p>;
}
