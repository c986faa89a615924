import "@mantine/core/styles.layer.css";
import "@mantine/dates/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./styles/global.css";
import "./styles/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.js";
import { takeToken, watchForToken } from "./sign-in/link-token.js";

const place = document.querySelector("#root");
if (place === null) throw new Error("The page has no root.");

watchForToken();
createRoot(place).render(<App token={takeToken()} />);
