import { describe, expect, it } from "vitest";
import { readBindWords } from "#src/commands/bind-command.js";
import { codeIn } from "#src/directory/room-binding.js";

describe("the words after bind", () => {
  it.each([
    ["3", { number: "3", act: null, choice: 1 }],
    ["#3", { number: "3", act: null, choice: 1 }],
    ["３ 新", { number: "3", act: "new", choice: 1 }],
    ["3 new", { number: "3", act: "new", choice: 1 }],
    ["3 店员群", { number: "3", act: "staff", choice: 1 }],
    ["3 旧", { number: "3", act: "old", choice: 1 }],
    ["3 OLD 2", { number: "3", act: "old", choice: 2 }],
  ])("%s", (text, wish) => {
    expect(readBindWords(text.split(" "))).toEqual(wish);
  });

  it.each(["", "我的手机", "3 什么", "3 new 2", "3 旧 二", "3 旧 1 2", "new", "1234567890"])(
    "are none in: %s",
    (text) => {
      expect(readBindWords(text.split(" "))).toBeNull();
    },
  );
});

describe("a code that is said in a room", () => {
  it.each([
    "123456",
    "绑定 123456",
    "绑定123456",
    "bind 123456",
    "Bind: 123456",
    "@小助手 绑定 １２３４５６",
    "@小助手\u2005绑定 123456",
  ])("is read from: %s", (text) => {
    expect(codeIn(text)).toBe("123456");
  });

  it.each([
    "12345",
    "1234567",
    "订单 123456",
    "123456 收到",
    "绑定",
    "5",
    "",
    `绑定 123456${" ".repeat(60)}`,
  ])("is not read from: %s", (text) => {
    expect(codeIn(text)).toBeNull();
  });
});
