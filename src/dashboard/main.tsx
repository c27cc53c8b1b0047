/** The page's entry. */
import { render } from "preact";

function App() {
  return (
    <main>
      <h1>Partyline</h1>
    </main>
  );
}

const root = document.getElementById("page");
if (root !== null) render(<App />, root);
