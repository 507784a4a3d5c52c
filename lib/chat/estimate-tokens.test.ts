import { expect, test } from 'vitest'
import { countTokens } from './count-tokens.ts'
import { estimateTokens } from './estimate-tokens.ts'

const samples = {
  English:
    'The person asked how the rolling summary works, and what it costs to keep the older messages out of the request.',
  German:
    'Der Mensch fragte, wie die laufende Zusammenfassung arbeitet und was es kostet, ältere Nachrichten herauszuhalten.',
  Russian: 'Человек спросил, как работает сводка и сколько стоит не отправлять старые сообщения.',
  Greek: 'Ο άνθρωπος ρώτησε πώς λειτουργεί η περίληψη και πόσο κοστίζει.',
  Chinese: '这个人问滚动摘要是如何工作的，以及不发送旧消息要花多少钱。',
  Japanese:
    'その人は、ローリング要約がどのように機能するのか、古いメッセージを送らないといくらかかるのかを尋ねました。',
  Korean:
    '그 사람은 롤링 요약이 어떻게 작동하는지와 오래된 메시지를 보내지 않는 데 얼마가 드는지 물었습니다.',
  Arabic: 'سأل الشخص كيف يعمل الملخص المتجدد وكم يكلف عدم إرسال الرسائل القديمة.',
  Hindi: 'व्यक्ति ने पूछा कि सारांश कैसे काम करता है और पुराने संदेश न भेजने की लागत क्या है।',
  Thai: 'คนถามว่าสรุปทำงานอย่างไรและมีค่าใช้จ่ายเท่าไร',
  code: 'const x = items.filter((item) => item.id !== id).map(({ id }) => id)\n  return { x, y: 12_345 }',
  emoji: '🙂🙃😀🎉🚀',
  numbers: '1234567890 98765 3.14159',
}

test.each(Object.entries(samples))('%s is within two fifths of what the tokeniser counts', (_, text) => {
  const ratio = estimateTokens(text) / countTokens(text)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.4)
})

test('nothing takes nothing', () => {
  expect(estimateTokens('')).toBe(0)
})

test('of a long text pieces tell, whatever lies between them', () => {
  const long = `${samples.English} ${samples.Chinese} `.repeat(600)
  const ratio = estimateTokens(long) / countTokens(long)
  expect(ratio).toBeGreaterThan(0.7)
  expect(ratio).toBeLessThan(1.3)
})
