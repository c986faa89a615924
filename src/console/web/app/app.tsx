import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { SCHEME_KEY } from "../shared/preferences.js";
import { useLanguage } from "../shared/use-texts.js";
import { Arrival } from "../sign-in/arrival.js";
import { makeQueryClient } from "./query-client.js";
import { router } from "./router.js";
import { cssVariablesResolver, theme } from "./theme.js";
import "dayjs/locale/zh-cn";

const schemes = localStorageColorSchemeManager({ key: SCHEME_KEY });

/** The whole of the pages. `token`: that of a one-time link, which is claimed first. */
export function App({ token }: { readonly token: string | null }) {
  const [client] = useState(makeQueryClient);
  const language = useLanguage();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <DatesProvider settings={{ locale: language === "zh" ? "zh-cn" : "en", firstDayOfWeek: 1 }}>
        <QueryClientProvider client={client}>
          <Notifications position="top-center" limit={3} />
          <Arrival token={token}>
            <RouterProvider router={router} />
          </Arrival>
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
