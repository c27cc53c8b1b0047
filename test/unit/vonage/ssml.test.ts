import { describe, expect, it } from "vitest";
import { isBroken, speakable } from "../../../src/vonage/ssml.ts";

describe("SSML that is well-formed", () => {
  it.each([
    "<speak>Tea &amp; biscuits</speak>",
    " <speak>Hello</speak>\n",
    "<speak/>",
    '<speak version="1.1" xml:lang="en-GB">Hello <break time="1s"/> there</speak>',
    "<speak><prosody rate='slow' pitch = \"+5%\">a <emphasis>b</emphasis></prosody> c</speak>",
    "<speak>&lt;&gt;&quot;&apos;&#38;&#x1F600;</speak>",
    '<speak><sub alias="a &quot;b&quot;">c</sub></speak >',
    "<speak>a > b<!-- no - word --></speak>",
    "<speak\n>a</speak>",
  ])("is said as it is: %j", (text) => {
    expect([isBroken(text), speakable(text)]).toEqual([false, text]);
  });
});

describe("a text that is not meant as SSML", () => {
  it.each(["Tea & biscuits", "a < b", "<speaker>", "Say <speak>a & b</speak>", "", "</speak>"])(
    "is left alone: %j",
    (text) => {
      expect([isBroken(text), speakable(text)]).toEqual([false, text]);
    },
  );
});

describe("SSML that is not well-formed", () => {
  it.each([
    ["<speak>Tea & biscuits</speak>", "Tea & biscuits"],
    ["<speak>Tea &amp biscuits</speak>", "Tea &amp biscuits"],
    ["<speak>Tea &nbsp;&amp; biscuits</speak>", "Tea &nbsp;& biscuits"],
    ["<speak>Hello", "Hello"],
    ["<speak>Hello <emphasis>you</speak>", "Hello you"],
    ["<speak><b><i>Hello</b></i></speak>", "Hello"],
    ["<speak>Hello</speak><speak>you</speak>", "Helloyou"],
    ["<speak>Hello</speak> you", "Hello you"],
    ["<speak>Hello</Speak>", "Hello"],
    ["<speak>Hello</speak></speak>", "Hello"],
    ["<speak>Hello<break time=1s/></speak>", "Hello"],
    ['<speak>Hello<break time="1s></speak>', "Hello"],
    ['<speak>Hello<break time="1s" time="2s"/></speak>', "Hello"],
    ['<speak>Hello<break time="1s"strength="weak"/></speak>', "Hello"],
    ['<speak>Hello<sub alias="a & b">c</sub></speak>', "Helloc"],
    ["<speak>a < b</speak>", "a"],
    ["<speak>&#x;&#a;b</speak>", "&#x;&#a;b"],
    ["<speak><!-- a -- b -->c</speak>", "c"],
    ["<speak><![CDATA[a]]></speak>", ""],
    ['<speak><!DOCTYPE a [<!ENTITY b "c">]>&b;</speak>', "]&b;"],
    ["<speak><?xml version='1.0'?>a</speak>", "a"],
    ["<speak", ""],
  ])("is said in its words: %j", (text, words) => {
    expect([isBroken(text), speakable(text)]).toEqual([true, words]);
  });

  it("is recognised in one go, however it was made", () => {
    const many = 200_000;
    for (const part of [
      "<",
      "&",
      "<a",
      "<a b",
      '<a b="',
      "<!--",
      "<!-",
      "a ",
      "<a>",
      "\n",
      "<a b='c' ",
    ]) {
      const text = `<speak>${part.repeat(many)}`;
      expect([isBroken(text), speakable(text).includes("<")]).toEqual([true, false]);
    }
  });
});
