/**
 * 256 emoji that nobody takes for one another, neither seen nor told by name. Both sides of a call need the same in the
 * same order: none is ever taken away, moved or put in between.
 */
const ROWS = [
  '🐵 🦍 🐶 🐺 🦊 🦝 🐱 🦁 🐯 🐴 🦄 🦓 🦌 🐮 🐷 🐗 🐑 🐐 🐫 🦙 🦒 🐘 🦏 🐭 🐰 🐿️ 🦔 🦇 🐻 🐨 🐼 🦘',
  '🐾 🦃 🐓 🐣 🐧 🦅 🦆 🦉 🦚 🦜 🐸 🐊 🐢 🦎 🐍 🐉 🦖 🐳 🐬 🦈 🐙 🦀 🦑 🐌 🦋 🐛 🐜 🐝 🐞 🕷️ 🦂 💐',
  '🌹 🌻 🌷 🌲 🌴 🌵 🍀 🍁 🍄 🍇 🍉 🍋 🍌 🍍 🍎 🍐 🍒 🍓 🥝 🍅 🥥 🥑 🍆 🥕 🌽 🌶️ 🥦 🥜 🍞 🥐 🥨 🥞',
  '🧀 🍖 🍔 🍟 🍕 🌭 🌮 🥚 🍿 🧂 🍣 🍤 🍦 🍩 🍪 🎂 🧁 🍫 🍭 🍯 🍼 ☕ 🍷 🍹 🍺 🥄 🗺️ 🧭 🌋 🏝️ 🏠 🏭',
  '🏰 🗽 ⛪ ⛲ ⛺ 🎡 🎢 🎪 🚂 🚌 🚑 🚒 🚕 🚜 🏍️ 🚲 🛴 🛹 ⛽ 🚦 🛑 ⚓ ⛵ 🚁 🚀 🛸 🧳 ⌛ ⏰ 🌙 ☀️ ⭐',
  '☁️ 🌈 ☂️ ❄️ ⛄ 🔥 💧 🌪️ 🎃 🎈 🎁 🏆 ⚽ 🏀 🏈 🎾 🎳 🏓 🥊 ⛸️ 🎣 🎯 🔮 🕹️ 🎲 🧩 🧸 🃏 🎨 🧶 👓 👔',
  '👕 👖 🧤 🧦 👗 🎒 👟 👠 👑 🎩 💍 💎 📣 🔔 🎵 🎤 🎧 📻 🎷 🎺 🎸 🎹 🎻 🥁 ☎️ 🔋 🔌 💻 🖨️ 💾 📺 📷',
  '🔍 🕯️ 💡 📖 📜 ✏️ 💼 📅 📎 📏 ✂️ 🔑 🔒 🔨 🏹 🛡️ 🔧 ⚙️ ⚖️ 🧲 🧪 🔬 🔭 💊 🚪 🛏️ 🛁 🧹 🧺 🧼 🛒 🗿',
] as const;

type In<Row extends string> = Row extends `${infer First} ${infer Others}` ? First | In<Others> : Row;
export type Sign = In<(typeof ROWS)[number]>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `split` forgets what it splits
export const SIGNS = ROWS.flatMap((row) => row.split(' ')) as readonly Sign[];
