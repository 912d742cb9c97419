"""Tables for the search of zones: large cities with their zones, the best known first, and other names.

Zones and country codes follow the tz database; its own cities stand here for their rank, spelling or names.
"""

from __future__ import annotations

SPREAD = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Mexico_City",
    "America/Chicago",
    "America/Bogota",
    "America/New_York",
    "America/Halifax",
    "America/Sao_Paulo",
    "UTC",
    "Europe/London",
    "Africa/Lagos",
    "Europe/Berlin",
    "Africa/Johannesburg",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)

# city | country | zone | other names
CITIES = """
Coordinated Universal Time||UTC|utc, gmt, zulu, greenwich mean time, universal
New York|US|America/New_York|nyc, new york city, brooklyn, manhattan
London|GB|Europe/London|
Los Angeles|US|America/Los_Angeles|la, hollywood
Berlin|DE|Europe/Berlin|
Paris|FR|Europe/Paris|
Chicago|US|America/Chicago|
Toronto|CA|America/Toronto|
Mumbai|IN|Asia/Kolkata|bombay
Sydney|AU|Australia/Sydney|
São Paulo|BR|America/Sao_Paulo|
San Francisco|US|America/Los_Angeles|sf, bay area, silicon valley
Tokyo|JP|Asia/Tokyo|tokio
Singapore|SG|Asia/Singapore|
Denver|US|America/Denver|
Madrid|ES|Europe/Madrid|
Rome|IT|Europe/Rome|roma
Amsterdam|NL|Europe/Amsterdam|
Dublin|IE|Europe/Dublin|
Mexico City|MX|America/Mexico_City|cdmx, ciudad de mexico
Shanghai|CN|Asia/Shanghai|
Hong Kong|HK|Asia/Hong_Kong|hongkong
Delhi|IN|Asia/Kolkata|new delhi
Kolkata|IN|Asia/Kolkata|calcutta
Istanbul|TR|Europe/Istanbul|constantinople
Lagos|NG|Africa/Lagos|
Cairo|EG|Africa/Cairo|
Johannesburg|ZA|Africa/Johannesburg|joburg
Nairobi|KE|Africa/Nairobi|
Buenos Aires|AR|America/Argentina/Buenos_Aires|
Bogotá|CO|America/Bogota|
Lima|PE|America/Lima|
Santiago|CL|America/Santiago|
Dubai|AE|Asia/Dubai|
Karachi|PK|Asia/Karachi|
Dhaka|BD|Asia/Dhaka|dacca
Jakarta|ID|Asia/Jakarta|djakarta
Manila|PH|Asia/Manila|
Bangkok|TH|Asia/Bangkok|
Ho Chi Minh City|VN|Asia/Ho_Chi_Minh|ho chi minh, saigon
Seoul|KR|Asia/Seoul|
Beijing|CN|Asia/Shanghai|peking
Taipei|TW|Asia/Taipei|
Kuala Lumpur|MY|Asia/Kuala_Lumpur|kl
Melbourne|AU|Australia/Melbourne|
Brisbane|AU|Australia/Brisbane|
Perth|AU|Australia/Perth|
Adelaide|AU|Australia/Adelaide|
Auckland|NZ|Pacific/Auckland|
Honolulu|US|Pacific/Honolulu|hawaii
Anchorage|US|America/Anchorage|alaska
Phoenix|US|America/Phoenix|arizona
Halifax|CA|America/Halifax|nova scotia
Vancouver|CA|America/Vancouver|british columbia
Montreal|CA|America/Toronto|montréal, quebec
Calgary|CA|America/Edmonton|alberta
Winnipeg|CA|America/Winnipeg|manitoba
St. John's|CA|America/St_Johns|newfoundland
Lisbon|PT|Europe/Lisbon|lisboa
Vienna|AT|Europe/Vienna|wien
Zurich|CH|Europe/Zurich|zürich, zuerich
Brussels|BE|Europe/Brussels|bruxelles, brussel
Copenhagen|DK|Europe/Copenhagen|københavn
Stockholm|SE|Europe/Stockholm|
Oslo|NO|Europe/Oslo|
Helsinki|FI|Europe/Helsinki|
Warsaw|PL|Europe/Warsaw|warszawa
Prague|CZ|Europe/Prague|praha
Budapest|HU|Europe/Budapest|
Athens|GR|Europe/Athens|athina
Bucharest|RO|Europe/Bucharest|bucuresti
Kyiv|UA|Europe/Kyiv|kiev
Moscow|RU|Europe/Moscow|moskva
Belgrade|RS|Europe/Belgrade|beograd
Tel Aviv|IL|Asia/Jerusalem|tel aviv yafo
Riyadh|SA|Asia/Riyadh|
Tehran|IR|Asia/Tehran|teheran
Baghdad|IQ|Asia/Baghdad|
Casablanca|MA|Africa/Casablanca|
Accra|GH|Africa/Accra|
Colombo|LK|Asia/Colombo|
Kathmandu|NP|Asia/Kathmandu|katmandu
Yangon|MM|Asia/Yangon|rangoon
Tashkent|UZ|Asia/Tashkent|
Kabul|AF|Asia/Kabul|
Caracas|VE|America/Caracas|
Havana|CU|America/Havana|habana
San Juan|PR|America/Puerto_Rico|
Reykjavík|IS|Atlantic/Reykjavik|
Washington, D.C.|US|America/New_York|washington dc, dc
Boston|US|America/New_York|
Philadelphia|US|America/New_York|philly
Atlanta|US|America/New_York|
Miami|US|America/New_York|florida
Orlando|US|America/New_York|
Tampa|US|America/New_York|
Charlotte|US|America/New_York|north carolina
Pittsburgh|US|America/New_York|
Cleveland|US|America/New_York|
Columbus, Ohio|US|America/New_York|
Cincinnati|US|America/New_York|
Buffalo|US|America/New_York|
Baltimore|US|America/New_York|
Raleigh|US|America/New_York|
Houston|US|America/Chicago|
Dallas|US|America/Chicago|
Austin|US|America/Chicago|texas
San Antonio|US|America/Chicago|
New Orleans|US|America/Chicago|louisiana
Nashville|US|America/Chicago|tennessee
Memphis|US|America/Chicago|
Minneapolis|US|America/Chicago|minnesota
Milwaukee|US|America/Chicago|wisconsin
St. Louis|US|America/Chicago|saint louis, missouri
Kansas City|US|America/Chicago|
Oklahoma City|US|America/Chicago|
Omaha|US|America/Chicago|nebraska
Birmingham, Alabama|US|America/Chicago|
Salt Lake City|US|America/Denver|utah
Albuquerque|US|America/Denver|new mexico
El Paso|US|America/Denver|
Colorado Springs|US|America/Denver|colorado
Tucson|US|America/Phoenix|
Seattle|US|America/Los_Angeles|
Portland, Oregon|US|America/Los_Angeles|
Portland, Maine|US|America/New_York|
San Diego|US|America/Los_Angeles|california
San Jose, California|US|America/Los_Angeles|
Sacramento|US|America/Los_Angeles|
Las Vegas|US|America/Los_Angeles|vegas, nevada
Ottawa|CA|America/Toronto|ontario
Quebec City|CA|America/Toronto|québec
Edmonton|CA|America/Edmonton|
Victoria, British Columbia|CA|America/Vancouver|
Guadalajara|MX|America/Mexico_City|
Monterrey|MX|America/Monterrey|
Puebla|MX|America/Mexico_City|
Rio de Janeiro|BR|America/Sao_Paulo|rio
Brasília|BR|America/Sao_Paulo|
Belo Horizonte|BR|America/Sao_Paulo|
Curitiba|BR|America/Sao_Paulo|
Porto Alegre|BR|America/Sao_Paulo|
Salvador|BR|America/Bahia|
Belém|BR|America/Belem|
Córdoba|AR|America/Argentina/Cordoba|
Rosario|AR|America/Argentina/Cordoba|
Medellín|CO|America/Bogota|
Cali|CO|America/Bogota|
Quito|EC|America/Guayaquil|
Valparaíso|CL|America/Santiago|
San José|CR|America/Costa_Rica|
Asunción|PY|America/Asuncion|
Santa Cruz|BO|America/La_Paz|
Kingston|JM|America/Jamaica|
Manchester|GB|Europe/London|
Birmingham|GB|Europe/London|
Leeds|GB|Europe/London|
Liverpool|GB|Europe/London|
Bristol|GB|Europe/London|
Edinburgh|GB|Europe/London|
Glasgow|GB|Europe/London|
Cardiff|GB|Europe/London|
Belfast|GB|Europe/London|
Cork|IE|Europe/Dublin|
Munich|DE|Europe/Berlin|münchen, muenchen
Hamburg|DE|Europe/Berlin|
Cologne|DE|Europe/Berlin|köln, koeln
Frankfurt|DE|Europe/Berlin|
Stuttgart|DE|Europe/Berlin|
Düsseldorf|DE|Europe/Berlin|duesseldorf
Leipzig|DE|Europe/Berlin|
Dresden|DE|Europe/Berlin|
Hanover|DE|Europe/Berlin|hannover
Nuremberg|DE|Europe/Berlin|nürnberg, nuernberg
Bremen|DE|Europe/Berlin|
Graz|AT|Europe/Vienna|
Salzburg|AT|Europe/Vienna|
Geneva|CH|Europe/Zurich|genève, genf
Basel|CH|Europe/Zurich|bâle
Bern|CH|Europe/Zurich|berne
Lausanne|CH|Europe/Zurich|
Lyon|FR|Europe/Paris|lyons
Marseille|FR|Europe/Paris|marseilles
Toulouse|FR|Europe/Paris|
Bordeaux|FR|Europe/Paris|
Lille|FR|Europe/Paris|
Nice|FR|Europe/Paris|
Nantes|FR|Europe/Paris|
Strasbourg|FR|Europe/Paris|
Barcelona|ES|Europe/Madrid|
Valencia|ES|Europe/Madrid|
Seville|ES|Europe/Madrid|sevilla
Málaga|ES|Europe/Madrid|
Bilbao|ES|Europe/Madrid|
Las Palmas|ES|Atlantic/Canary|canary islands, tenerife
Porto|PT|Europe/Lisbon|oporto
Milan|IT|Europe/Rome|milano
Naples|IT|Europe/Rome|napoli
Turin|IT|Europe/Rome|torino
Florence|IT|Europe/Rome|firenze
Bologna|IT|Europe/Rome|
Venice|IT|Europe/Rome|venezia
Palermo|IT|Europe/Rome|
Rotterdam|NL|Europe/Amsterdam|
The Hague|NL|Europe/Amsterdam|den haag
Utrecht|NL|Europe/Amsterdam|
Eindhoven|NL|Europe/Amsterdam|
Antwerp|BE|Europe/Brussels|antwerpen
Ghent|BE|Europe/Brussels|gent
Gothenburg|SE|Europe/Stockholm|göteborg, goeteborg
Malmö|SE|Europe/Stockholm|
Bergen|NO|Europe/Oslo|
Aarhus|DK|Europe/Copenhagen|århus
Tampere|FI|Europe/Helsinki|
Kraków|PL|Europe/Warsaw|cracow
Gdańsk|PL|Europe/Warsaw|danzig
Wrocław|PL|Europe/Warsaw|breslau
Poznań|PL|Europe/Warsaw|
Łódź|PL|Europe/Warsaw|
Brno|CZ|Europe/Prague|
Cluj-Napoca|RO|Europe/Bucharest|cluj
Thessaloniki|GR|Europe/Athens|saloniki
Lviv|UA|Europe/Kyiv|lwow, lemberg
Kharkiv|UA|Europe/Kyiv|kharkov
Odesa|UA|Europe/Kyiv|odessa
Saint Petersburg|RU|Europe/Moscow|st petersburg, petersburg, leningrad
Kazan|RU|Europe/Moscow|
Chişinău|MD|Europe/Chisinau|kishinev
Ankara|TR|Europe/Istanbul|
İzmir|TR|Europe/Istanbul|smyrna
Antalya|TR|Europe/Istanbul|
Jerusalem|IL|Asia/Jerusalem|
Haifa|IL|Asia/Jerusalem|
Ramallah|PS|Asia/Hebron|
Abu Dhabi|AE|Asia/Dubai|
Jeddah|SA|Asia/Riyadh|jidda
Mecca|SA|Asia/Riyadh|makkah
Doha|QA|Asia/Qatar|
Mashhad|IR|Asia/Tehran|
Alexandria|EG|Africa/Cairo|
Rabat|MA|Africa/Casablanca|
Marrakesh|MA|Africa/Casablanca|marrakech
Abuja|NG|Africa/Lagos|
Kano|NG|Africa/Lagos|
Ibadan|NG|Africa/Lagos|
Cape Town|ZA|Africa/Johannesburg|kapstadt
Durban|ZA|Africa/Johannesburg|
Pretoria|ZA|Africa/Johannesburg|tshwane
Mombasa|KE|Africa/Nairobi|
Dodoma|TZ|Africa/Dar_es_Salaam|
Kumasi|GH|Africa/Accra|
Yaoundé|CM|Africa/Douala|yaounde
Bengaluru|IN|Asia/Kolkata|bangalore
Hyderabad|IN|Asia/Kolkata|
Chennai|IN|Asia/Kolkata|madras
Pune|IN|Asia/Kolkata|poona
Ahmedabad|IN|Asia/Kolkata|
Jaipur|IN|Asia/Kolkata|
Gurugram|IN|Asia/Kolkata|gurgaon
Noida|IN|Asia/Kolkata|
Kochi|IN|Asia/Kolkata|cochin
Lahore|PK|Asia/Karachi|
Islamabad|PK|Asia/Karachi|rawalpindi
Chittagong|BD|Asia/Dhaka|chattogram
Astana|KZ|Asia/Almaty|nur sultan
Guangzhou|CN|Asia/Shanghai|canton
Shenzhen|CN|Asia/Shanghai|
Chengdu|CN|Asia/Shanghai|
Chongqing|CN|Asia/Shanghai|
Wuhan|CN|Asia/Shanghai|
Hangzhou|CN|Asia/Shanghai|
Tianjin|CN|Asia/Shanghai|
Nanjing|CN|Asia/Shanghai|nanking
Kaohsiung|TW|Asia/Taipei|
Osaka|JP|Asia/Tokyo|
Kyoto|JP|Asia/Tokyo|
Nagoya|JP|Asia/Tokyo|
Yokohama|JP|Asia/Tokyo|
Sapporo|JP|Asia/Tokyo|
Fukuoka|JP|Asia/Tokyo|
Busan|KR|Asia/Seoul|pusan
Hanoi|VN|Asia/Bangkok|ha noi
Da Nang|VN|Asia/Ho_Chi_Minh|danang
Chiang Mai|TH|Asia/Bangkok|
Penang|MY|Asia/Kuala_Lumpur|george town
Surabaya|ID|Asia/Jakarta|
Bandung|ID|Asia/Jakarta|
Bali|ID|Asia/Makassar|denpasar
Cebu|PH|Asia/Manila|cebu city
Davao|PH|Asia/Manila|davao city
Quezon City|PH|Asia/Manila|
Canberra|AU|Australia/Sydney|
Gold Coast|AU|Australia/Brisbane|
Hobart|AU|Australia/Hobart|tasmania
Wellington|NZ|Pacific/Auckland|
Christchurch|NZ|Pacific/Auckland|
"""

# country | the name shown, where the tz database's is unusual | other names
COUNTRIES = """
AE||uae, emirates
AS|American Samoa|
BA||bosnia
CD|DR Congo|congo, drc
CF|Central African Republic|
CG|Republic of the Congo|congo
CI||ivory coast
CV||cabo verde
CZ|Czechia|czech republic
DE||deutschland
ES||espana
FK||malvinas
GB|United Kingdom|uk, britain, great britain, england, scotland, wales, northern ireland
IN||bharat
KP|North Korea|
KR|South Korea|korea
LA||lao
MM|Myanmar|burma
MK||macedonia
NL||holland
PS||palestinian territories
RU||russian federation
SZ|Eswatini|swaziland
TC|Turks & Caicos Islands|
TL||timor leste
TR|Türkiye|turkey
US||usa, us, america, united states of america, states
VA||holy see
VG|British Virgin Islands|
VI|US Virgin Islands|
WS|Samoa|
"""

# Abbreviations that people use and the tz database does not.
ABBREVIATIONS = {
    "aet": ("Australia/Sydney", "Australia/Brisbane"),
    "art": ("America/Argentina/Buenos_Aires",),
    "bdt": ("Asia/Dhaka",),
    "brt": ("America/Sao_Paulo",),
    "clt": ("America/Santiago",),
    "cot": ("America/Bogota",),
    "ct": ("America/Chicago", "America/Winnipeg"),
    "et": ("America/New_York", "America/Toronto"),
    "gst": ("Asia/Dubai",),
    "ict": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
    "irst": ("Asia/Tehran",),
    "mt": ("America/Denver", "America/Edmonton"),
    "myt": ("Asia/Kuala_Lumpur",),
    "npt": ("Asia/Kathmandu",),
    "nzt": ("Pacific/Auckland",),
    "pet": ("America/Lima",),
    "pht": ("Asia/Manila",),
    "pt": ("America/Los_Angeles", "America/Vancouver"),
    "sgt": ("Asia/Singapore",),
    "trt": ("Europe/Istanbul",),
    "vet": ("America/Caracas",),
}
