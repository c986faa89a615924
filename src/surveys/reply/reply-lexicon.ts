import { wordTable } from "./scanner.js";

/**
 * Word lists of the reply grammar, in folded form (half width, lower case, simplified). A word
 * that may stand before a vote belongs to a head list; one that makes the vote somebody else's, a
 * wish or an order must stand in none of them, because whatever no list holds ends the match.
 */

/** The member speaks of themselves (or of their household). */
export const SELF_WORDS = wordTable(
  "我|俺|咱|我们|咱们|俺们|我家|我们家|俺家|咱家|我们一家|我们全家|全家|本人|个人|我个人|我自己|我这边|我这里|我这|阿拉|侬家|偶",
  "我觉得|我感觉|我认为|个人觉得|个人感觉|俺觉得|觉得|感觉|认为|我的|我们的|我说",
);

/** Adverbs of conviction: a number after them needs no unit (必须5). */
export const FIRM_ADVERBS = wordTable(
  "必须|必须的|必|那必须|肯定|绝对|一定|当然|果断|毫不犹豫|毫无疑问|强烈|妥妥|妥妥的|妥妥滴|稳稳|稳稳的|无脑|闭眼|老实说|说实话|实话说|讲真|不用说|没得说|没话说|不多说|不说了",
);

/** Adverbs that leave the score as it is, but stand before amounts too (只3): the unit must follow. */
export const SOFT_ADVERBS = wordTable(
  "都|全|全都|就|就是|只|只能|只好|勉强|勉强算|顶多|最多|算|还是|还|依然|依旧|照旧|照样|继续|直接|真心|真的|怎么也得|一律|统统|先|暂时|也|也是|那|那就|反正|干脆|实打实|诚心|良心|仅|友情|含泪|忍痛",
);

/** The score is given with a shrug: counted, but as of low confidence. */
export const HEDGES = wordTable("应该|应该是|应该给|大概|差不多|大约|也就|也就是|估计|算是|估计是");

/** What the score is about, and when; 本周5 is a Friday, so the unit must follow. */
export const OCCASIONS = wordTable(
  "这次|本次|这回|这周|本周|这一次|这一回|这单|这批|这期|今天|今儿|今日|今晚|这个月|总体|整体|综合|总的|总体来说|总的来说|整体来说|总体上|总体上来说|综合来说|综合下来|总体感觉|整体感觉|对这次|这次团购|本次团购|对你们|对团长|对店家",
);

/** Names of the score itself. */
export const SCORE_NOUNS = wordTable(
  "满意度|评分|打分|分数|得分|评价|总评|回答|答|答案|答复|回复|综合评分|总体评分|整体评分|满意程度|评星|星级",
);

/** Verbs of giving a score; a number after them needs no unit. */
export const VERBS = wordTable(
  "打|打个|打了|打上|打出|打到|给|给个|给了|给到|给上|给打|给打个|给你们|给你|给您|给团长|给店家|给老板|给你们打|给你打|给您打|给团长打|评|评个|评了|评为|投|投了|投个|选|选了|填|填了|要打|要给|愿意给|愿意打|可以给|可以打|只给|只打|打给你们",
);

/** Verbs that hand over other things too: the unit must follow. */
export const UNIT_VERBS = wordTable("送上|奉上|献上|值|值得|得|推荐|来个|可以得|配得上|送你们");

/** Links a name to its score (评分是4); never opens a vote. */
export const COPULAS = wordTable("是|为|=|等于");

/** Typing words: 打1 and 回复1 mean "received" in the same groups. */
export const TYPING_WORDS = wordTable("打|打个|打了|回复|回答|投|填|答");

/** Verbs that plead as often as they give; without 我 and with the top score they are a plea. */
export const PLEA_VERBS = wordTable("给个|打个|来个|给|打|给打个|评个|投个");

/** 给我打5分 asks others for a score: never the start of a vote. */
export const BEGGING = wordTable("给我|给我们|给咱|给咱们|给俺|帮我|帮忙|给他|给她|给大家");

/** The vote replaces an earlier one. */
export const REVISIONS = wordTable(
  "要改成|想改成|要改|想改|改打|点错了|刚才点错了|刚点错了|刚刚点错了|打错|刚才打错|前面不算|刚才不算|前面的不算|上面的不算|刚才的不算|刚才那个不算|改成|改为|改到|改|改一下|改下|更正|更正为|更正一下|纠正|纠正一下|修正|修改为|修改成|修改|重新打|重新打分|重新评|重打|重新给|重评|打错了|刚打错了|刚才打错了|刚刚打错了|我打错了|前面打错了|上面打错了|按错了|点错了|刚才按错了|发错了|刚才发错了|选错了|刚才选错了|手滑|手滑了|手误|手误了|不对|说错了|刚才说错了|刚才错了|刚刚错了|写错了|刚才写错了|换成|变更为|调整为|调成",
);

/** Small words of speech before the vote. */
export const INTERJECTIONS = wordTable(
  "嗯|嗯嗯|恩|恩恩|哦|噢|喔|啊|额|呃|哎|唉|诶|哈|哈哈|哈哈哈|哈哈哈哈|嘿嘿|嘻嘻|emm|emmm|emmmm|好吧|那好吧|行吧|来了|来啦|支持",
);

/** Whom the member speaks to; a number after them may be an order, so the unit must follow. */
export const VOCATIVES = wordTable("老板|团长|店家|老板娘|小助手|老铁|好评|必须好评|满意");

/** Words of receipt: with a bare number they make it a receipt, not a vote. */
export const RECEIPTS = wordTable("收到|好的|好滴|好哒|ok|okay|已收到|收到了|知道了|了解");

/** Particles that end a Chinese sentence and change nothing. */
export const PARTICLES = wordTable(
  "吧|啦|了|哦|噢|喔|呀|啊|哈|呗|咯|嘞|哟|呦|嗯|的|滴|哒|啵|嘛|呐|哇|耶|噻|撒|捏|蛤|诶|的呀|的哦|的啊|吧啊|得了",
);

/** Particles after a bare number; 6的 and 5了 are something else. */
export const BARE_PARTICLES = wordTable("吧|哦|噢|喔|呗|咯|啦|嘞|呀|嘛|啵|吧啊");

/** Handing-over words that may follow a score at once. */
export const HAND_OVERS = wordTable(
  "奉上|送上|献上|拿走|走起|走你|安排|安排上|拿去|收好|给你们|给您|给你|给团长|给老板|给店家|给小助手|没毛病|没得说|没话说|没问题|不解释|不能再多了|不能再多|不能更多|不谢|不用谢|不客气|不错|满分",
);

/** Thanks, which may follow a bare number at once. */
export const THANKS = wordTable("谢谢|感谢|多谢|辛苦|thanks|thank you|thx|ty|3q");

/** Words of opinion that may follow a bare number at once (5好吃). */
export const OPINION_STARTS = wordTable(
  "好吃|很好|不错|非常好|非常|挺好|挺|新鲜|很新鲜|满意|很满意|非常满意|比较满意|一般|还行|还可以|还不错|完美|棒|很棒|赞|很赞|超赞|点赞|好评|很快|很差|差评|差劲|推荐|味道|质量|服务|速度|物流|快递|送货",
);

/** Characters that count things, measure, or name places and times after a number. */
export const CLASSIFIERS = new Set([
  ..."点个份斤盒箱袋号栋幢楼层室户单块元角毛钱天日月年周时秒刻人位口家只条头匹根棵颗粒串把捆包瓶罐桶杯碗盘碟片张本件套双对次趟回遍米里公克千吨两折倍岁届级期路站排座车辆台部笔枚支枝朵束扎卷筒板提斗升尺寸寝班组项门道桌床筐篮篓挂副打袋兜盆壶听听万百亿样款岁世股把尾只代顿会名连师队场局节课章页篇首集季幅届轮圈群团",
]);

/** Words that start with a counting character but count nothing: a comment may start with them. */
export const CLASSIFIER_EXCEPTIONS = wordTable(
  "周末|会推荐|会买|包装|盒子|袋子|箱子|个别|个头|个人|只是|只有|只能|只不过|份量|天气|天热|月饼|口感|口味|根本|本来|本次|本周|条件|件件|点赞|点个赞|团长|团购|家里|家人|人好|人很好|师傅|期待|时间|单子|单品|服务|样样|会继续|会回购|会再|连续|节省|层次|周到|路上|台风|首次|把我|把关|对得起|对你们|对比|对团长|两次|次次|回购|回头|排队|百分百|站点|门口|道谢|代取|代收|斤两|升级|斤数|打包|块头|粒粒|颗颗|级别|里面",
);

/** Openings of an order, so that 「2 要草莓」 is not a vote with a comment. */
export const ORDER_STARTS = wordTable(
  "要|来|团|拼|加|买|下单|拿|取|送到|送楼|预定|预订|订|单|我要|帮我|给我|麻烦留|留|接|有人|你|您|楼|号|的|是|分钟|小时|公斤|多|几|以|到|至|或|和|跟|与|乘|除|减|等人|等等|缺|还差|差一|差两",
);

/** English openings of an opinion after a bare number and a blank. */
export const ENGLISH_OPINIONS = wordTable(
  "great|good|nice|ok|okay|fine|perfect|excellent|awesome|amazing|love|loved|lovely|thanks|thank|thx|ty|cheers|but|because|cause|cos|bit|very|really|fresh|tasty|delicious|late|slow|bad|poor|terrible|awful|quick|fast|wow|yay|overall|from me|from us|although|super|happy|unhappy|disappointed|satisfied|could be better|yummy|well done|best|no complaints|all good|everything|yyds|nb|i guess|i think",
);

/** What takes a score back right after it. */
export const UNDOES = wordTable(
  "不可能|是不可能|做梦|想得美|想都别想|想多了|才怪|太高|太多|太低|太少|给不了|给多了|给高了|高了|多了|没门|不存在|不给|不值|不想给|不会给|不打|休想|别想|不配|配不上|开玩笑|骗你|逗你|打错了|按错了|点错了|发错|不算|作废|取消|撤回|都不|都嫌|也不|都没|不到|没有|没到|有点高|有点低|有点多|是给不|可给不|算不上|达不到|够呛|就算了|算了|不行|不太行|谁给|不满意才|差点|假的|才是|是最|是满分|是最高|最高|为满分|最低|不是我|反话|不能给|不合适|嫌多|嫌高",
);

/** What may not follow 分 or 星 at once: minutes, fractions, doneness, sweetness, money, ranges. */
export const UNIT_BREAKERS = new Set([
  ..."钟之制左右上以下起到至都也还有可够才算换卖每的地得利裤熟饱甜糖冰辣醉期级座货钱为耕热天注种量类拣享批装别成享店部校寸贝米秒段半头点和跟与或是要不没多给打评投怎么呢吗谁几差数线值队组赛内外里前后就最再先能会该应想让被把用",
]);

/** Words that start with a {@link UNIT_BREAKERS} character but are a comment all the same. */
export const UNIT_BREAKER_EXCEPTIONS = wordTable(
  "可以了|够了|再也不|差评|差劲|不新鲜|不好吃|不甜|不满意|不怎么|不咋|不太|不理想|不划算|不解释|不能再多|不能更多|不错|不谢|不用谢|不客气|没毛病|没话说|没得说|没问题|没啥说的|没啥好说|没意见|给你们|给您|给你|给团长|给老板|给店家|给小助手|太好吃|太好喝|太赞|太棒|太新鲜|太满意|多谢|的好评|有点|有些|还行|还可以|还不错|可以的|就是|点赞|要是再|里面|下次|最好吃|上次的",
);

/** Nouns a score may be given to; they count only when the posted question names them. */
export const TOPIC_WORDS = wordTable(
  "新鲜度|质量|服务|味道|口感|口味|包装|送货|配送|物流|速度|态度|价格|性价比|品质|团长|售后|分量|自提|蔬菜|水果|菜|快递|鸡蛋|肉|海鲜|草莓|体验|商品",
);
