import type { SimulatedRoom } from "#src/console/contract/simulator.js";
import { Avatar } from "../../shared/avatar.js";
import { cx } from "../../shared/cx.js";
import { HashIcon } from "../../shared/icons.js";
import { useTexts } from "../../shared/use-texts.js";
import { directRoomOf } from "../stage/scene.js";
import { useScene } from "../stage/scene-context.js";
import { useUnread } from "../stage/unread.js";
import classes from "./setup.module.css";

function Unread({ count }: { readonly count: number }) {
  const { setup } = useTexts().chat;
  if (count === 0) return null;
  return (
    <span className={classes.unread}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className={classes.hidden}>{setup.unread(count)}</span>
    </span>
  );
}

function RoomMark({ room }: { readonly room: SimulatedRoom }) {
  return (
    <span
      className={cx(
        classes.roomMark,
        room.look === "slack" ? classes.slackMark : classes.wechatMark,
      )}
      aria-hidden="true"
    >
      {room.look === "slack" ? <HashIcon size={17} /> : [...room.name][0]}
    </span>
  );
}

function customersFirst(rooms: readonly SimulatedRoom[]): readonly SimulatedRoom[] {
  return rooms.toSorted((one, other) => one.purpose.localeCompare(other.purpose));
}

/** The groups, and the direct chat of whoever one is with the bot. */
export function RoomList({ onChosen }: { readonly onChosen: () => void }) {
  const { chat } = useTexts();
  const { scene, enterRoom } = useScene();
  const unread = useUnread(scene.state, scene.roomId);
  const direct = directRoomOf(scene.me.id);
  const enter = (room: string): void => {
    enterRoom(room);
    onChosen();
  };
  return (
    <div className={classes.part}>
      <h2 className={classes.heading}>{chat.setup.rooms}</h2>
      <ul className={classes.list}>
        {customersFirst(scene.state.rooms).map((room) => (
          <li key={room.id}>
            <button
              type="button"
              className={classes.row}
              aria-current={room.id === scene.roomId ? "true" : undefined}
              onClick={() => enter(room.id)}
            >
              <RoomMark room={room} />
              <span className={classes.rowText}>
                <span className={classes.rowName}>{room.name}</span>
                <span className={classes.rowSub}>
                  {room.purpose === "staff" ? `${chat.setup.staffRoom} · ` : ""}
                  {chat.members(room.memberIds.length)}
                </span>
              </span>
              <Unread count={unread.get(room.id) ?? 0} />
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={classes.row}
            aria-current={scene.isDirect ? "true" : undefined}
            onClick={() => enter(direct)}
          >
            <Avatar name={chat.bot} colour={null} size={34} />
            <span className={classes.rowText}>
              <span className={classes.rowName}>{chat.directShort}</span>
              <span className={classes.rowSub}>{scene.me.name}</span>
            </span>
            <Unread count={unread.get(direct) ?? 0} />
          </button>
        </li>
      </ul>
    </div>
  );
}
