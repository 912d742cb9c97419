"""Words that companies and people are called, and that everybody writes every day: Meta, One, Will, Recruiter."""

from __future__ import annotations

import re

_SHORT = 2  # letters up to which anything may be a word: Go, AI, HP

_ENGLISH = """
a able about above accept access account across act action active add advice after again age agency agent ago agree
ahead air all allow almost alone along already also always among amount and angel animal another answer any anyone
anything apart apple apply april are area arm around arrow art as ask at august author autumn away baby back bad bag
balance ball band bank bar base basic be beach beam bear beat because become bed before begin behind being believe
below benefit best better between beyond big bill bird bit black block blog bloom blue board boat body bold bolt bond
book boost boot booth born both bottom box boy brain branch brand brave bread break bridge brief bright bring broad
brother brown bubble build building bus business but buy by call calm camp can canvas capital car card care career case
cash castle cat catch cause cell center central centre certain chain chance change channel charge chase check chief
child choice choose church circle city clash class clean clear click client clinic close cloud club coach coast code
coffee cold college color colour come common community compass concept contact content control cook cool core corner
cost could council country couple course cover craft create creative credit crew cross crowd crown culture current
curve customer cut cycle daily dance dark data date dawn day deal dear decide deep deliver delivery demand department
design desk detail develop developer dial did different digital direct director discord discover do doctor does dog
done door double down dream drive drop dry due dust each early earth easy echo edge education eight either elastic
element eleven else email empty end energy engine engineer enough enter even event ever every everyone everything
evolve example expert explore express eye face fact fair faith fall family far farm fast father feed feel feeling few
field fight figure fill final find fine finish fire firm first fish fit five fix flame flat flexible flight float floor
flow flower fly focus follow food foot for force forest form former forward found foundation founder four frame free
fresh friday friend friends from front full fun fund fusion future gain game garden gate gather gave general generation
get giant gift girl give glass global go goal going gold golden good got grace grade grand graph great green grid ground
group grow growth guard guess guide guild had half hall hand happy harbor harbour hard harmony has hat have head health
hear heart heat hello help her here hero hidden high hill him hint hire hiring his hit hold home honest honey hope
horizon horse hot hour house how however hub huge human hundred hunt hunter idea ideal if image impact improve in indeed
industry inside insight instant instead institute interest into invest invite iron island it its jam january job join
journey joy july jump june just keen keep key kid kind king knew know knowledge known lab labor labs lady lake land
language large last late later launch law lead leader leaf learn learning least leave left legal less let letter level
liberty library life lift light like line link lion list listen little live local lock logic long look loop lose lost
lot loud love low luck lunch machine made magic mail main make man manager many map march mark market mass master match
material matter may maybe me mean media medium meet meeting member memory mention mercury meta middle might milestone
mind mine minute mirror miss mission mix mobile model modern moment monday money month moon more morning most mother
motion mountain mouse move movement much music must my name nation national native natural nature near need neighbor
nest network never new news next nice night nine no noble node none north not note notes nothing notion novel now number
oak object ocean october of off offer office often oil old olive on once one only open opera operation opinion option or
orange orbit order origin other our out outside over own pace page paint pair palm panel paper park part partner party
pass past path patient pay peace peak people perfect person personal petal phase phone photo piece pilot pin pine pink
pixel place plain plan plane planet plant plastic platform play please plus pocket point pool port portal position post
power practice present press price prime print private pro problem process product professor profile program progress
project promise prospect pulse purple purpose push put puzzle quality quest question quick quiet race radio rain rainbow
raise range rapid rather ray reach read ready real really reason recruiter recruiting red remote report rest result
right rise river road robin rock role room root rose round route royal rule run running safe said sail sales salt same
sand saturday save saw say scale school science screen script sea search season second secret section secure see seed
sell send senior sense september series serious service set seven shadow shape share sharp she shell shield shift shine
ship shop short should show side sign signal silver simple since single sister site six size skill sky slack sleep slow
small smart smile snap snow so social soft solar solid solution some someone something song soon sort soul sound source
south space spark special speed spirit split sport spot spring square staff stage stand standard star start state
station stay steel step still stock stone stop store storm story straight strategy stream street stride stripe strong
studio study such summer summit sun sunday support sure surface swift switch system table take talent talk target task
teacher team tech technology tell ten term test text than thank thanks that the their them then there these they thing
things think third this those though thought thousand three through thursday tide tiger time tip to today together told
tomorrow tone too took tool top torch total touch tough toward tower town track trade train training travel tree trend
trial true trust truth try tuesday turn twelve twin twist two under union unit united unity university until up upon us
use user value vault vector venture version very via view vision visit vital voice walk wall want war warm was watch
water wave way we weather web wednesday week weekend welcome well went were west what wheel when where which while white
who whole why wide wild will win wind window wing winter wire wise wish with within without woman wonder wood word words
work worker workshop world would write year yellow yes yesterday yet you young your zero zone zoom
assistant associate colleague consultant contractor coordinator headhunter hr intern interviewer lecturer mentor
mr mrs ms dr prof sir madam miss boss ceo cto cfo coo vp ex somebody anybody nobody them panel committee jury
"""
_GERMAN = """
aber abend alle alles als alt am an andere arbeit art auch auf aus bank bau bei beim berg bis blau brief da danach dann
das dem den der des deutsch deutsche die diese dort drei du durch ein eine einen einer eins ende er erst es fabrik
fest feuer firma frau freund freundin freunde ganz garten geben gehen genau gestern gibt glück grün gut haben haus heim
herr herz heute hier hof ich ihr im immer in ist ja jahr jetzt kein klar klein kraft kunst land leben licht man markt
mehr mein meine mensch mit mittag montag morgen museum nach nacht nah natur neu neue nicht nichts noch nord nur oder ost
platz post rat raum ring rot ruhe schon schule schwarz sehr sein sich sie sind so sommer sonne stadt stein stern
stiftung süd tag team tür über um und uns verein verlag viel vier voll von vor wald wasser weg weiß welt werk
west wie wieder wind winter wir woche wohl wolf wolke zeit zu zug zum zur zwei chef chefin kollege kollegin personal
leiter
"""
_WORDS = frozenset(f"{_ENGLISH} {_GERMAN}".split())


def is_everyday(name: str) -> bool:
    """Whether each word of a name is one that everybody writes, or so short that it may be."""
    words = re.findall(r"\w+", name.casefold())
    return all(word in _WORDS or (len(word) <= _SHORT and word.upper() != word) for word in words)
