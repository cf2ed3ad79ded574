using Sourcing.Data.Catalog;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>What the invented mill buys, and of whom. Names of people, firms and places are made up.</summary>
internal static class DemoCatalog
{
    /// <summary>One kind of goods.</summary>
    /// <param name="Names">Templates; {0} and {1} are filled from the two lists.</param>
    /// <param name="Price">Usual price in EUR, of one unit.</param>
    /// <param name="Quantity">Usual quantity of an order.</param>
    internal sealed record Kind(
        string Code, string Name, string Prefix, string Unit, PartType Type, decimal Price, decimal Quantity, string[] Names, string[] First, string[] Second, string Specification);

    internal static readonly (string Code, string Name, Dimension Dimension, decimal Factor)[] Units =
    [
        ("kg", "Kilogram", Dimension.Mass, 1), ("g", "Gram", Dimension.Mass, 0.001m), ("t", "Tonne", Dimension.Mass, 1000), ("lb", "Pound", Dimension.Mass, 0.45359237m),
        ("m", "Metre", Dimension.Length, 1), ("yd", "Yard", Dimension.Length, 0.9144m), ("m2", "Square metre", Dimension.Area, 1), ("l", "Litre", Dimension.Volume, 1),
        ("pcs", "Piece", Dimension.Count, 1), ("set", "Set", Dimension.Count, 1), ("h", "Hour", Dimension.Time, 0.041666667m),
        ("cone", "Cone", Dimension.Package, 1), ("drum", "Drum", Dimension.Package, 1), ("roll", "Roll", Dimension.Package, 1), ("box", "Box", Dimension.Package, 1),
    ];

    internal static readonly Kind[] Kinds =
    [
        new("yarn", "Yarn", "YRN", "kg", PartType.RawMaterial, 4.20m, 4000, ["{0} yarn {1}"], ["Combed cotton", "Carded cotton", "Organic cotton", "Melange grey", "Compact gassed", "Elastane covered"], ["Ne 20/1, raw white", "Ne 24/1, raw white", "Ne 30/1, raw white", "Ne 30/2, dyed navy", "Ne 40/1, raw white", "Ne 60/1, raw white"], "Count"),
        new("dyes", "Dyes", "DYE", "kg", PartType.RawMaterial, 19.50m, 120, ["{0} dye, {1}"], ["Reactive", "Disperse", "Vat", "Direct"], ["navy", "deep black", "scarlet", "golden yellow", "turquoise", "bordeaux", "olive"], "Fixation"),
        new("chemicals", "Chemicals", "CHM", "kg", PartType.RawMaterial, 1.35m, 2500, ["{0}, {1}"], ["Caustic soda 50 %", "Hydrogen peroxide 35 %", "Acetic acid 80 %", "Sodium silicate", "Wetting agent", "Softener, silicone"], ["bulk", "in drums", "in canisters", "low foam"], "Concentration"),
        new("bearings", "Bearings", "BRG", "pcs", PartType.Component, 11.80m, 160, ["Deep groove ball bearing {0}{1}"], ["6001-", "6202-", "6204-", "6205-", "6206-", "6308-"], ["2RS", "2RSH-C3", "ZZ", "2Z-C3"], "Bore"),
        new("seals", "Seals", "SEA", "pcs", PartType.Component, 7.40m, 120, ["Shaft seal {0}, {1}"], ["20×35×7", "25×47×7", "35×52×7", "40×62×8", "50×72×10"], ["NBR", "FKM", "with dust lip", "PTFE"], "Material"),
        new("needles", "Needles and sinkers", "NDL", "pcs", PartType.Component, 0.34m, 6000, ["{0}, {1}"], ["Latch needle, hook 0.41", "Latch needle, hook 0.48", "Sinker, hardened", "Compound needle", "Transfer needle"], ["gauge 18", "gauge 20", "gauge 24", "gauge 28", "gauge 32"], "Gauge"),
        new("drives", "Drives and belts", "BLT", "pcs", PartType.Component, 34m, 40, ["{0}, {1}"], ["Timing belt 8M", "V-belt SPZ", "Flat belt, leather faced", "Gear motor 0.75 kW", "Coupling, elastic"], ["1,200 mm", "1,280 mm", "1,600 mm", "2,000 mm", "heat resistant"], "Length"),
        new("trims", "Zips and buttons", "TRM", "pcs", PartType.Component, 0.28m, 12000, ["{0}, {1}"], ["Metal zip no. 5, 18 cm", "Coil zip no. 3, 20 cm", "Shell button 18L", "Shell button 24L", "Snap fastener 12 mm"], ["antique brass", "nickel free", "natural", "black", "navy"], "Finish"),
        new("labels", "Labels", "LBL", "pcs", PartType.Packaging, 0.021m, 60000, ["{0}, {1}"], ["Care label, recycled satin", "Woven label, damask", "Hang tag, kraft", "Size label, printed", "Barcode label 50×30"], ["two colours", "black on white", "white on black", "folded", "on roll"], "Size"),
        new("packaging", "Packaging", "PKG", "pcs", PartType.Packaging, 0.92m, 4000, ["{0}, {1}"], ["Carton 600×400×300", "Carton 400×300×200", "Polybag 30 % recycled", "Pallet 1200×800", "Stretch film 23 µm", "Edge protector"], ["double wall", "printed warning", "heat treated", "plain"], "Size"),
        new("thread", "Sewing thread", "THR", "cone", PartType.RawMaterial, 2.70m, 1500, ["Sewing thread {0}, {1}"], ["polyester Tkt 120", "polyester Tkt 75", "core spun Tkt 100", "cotton Tkt 50", "bonded nylon Tkt 40"], ["black", "raw white", "navy", "ecru", "charcoal"], "Ticket"),
        new("lubricants", "Lubricants", "OIL", "l", PartType.RawMaterial, 5.10m, 400, ["{0}, {1}"], ["Knitting oil ISO VG 22", "Knitting oil ISO VG 32", "Gear oil ISO VG 220", "Hydraulic oil HLP 46", "Chain oil, high temperature"], ["low staining", "canister 20 l", "drum 200 l", "food grade"], "Viscosity"),
        new("filters", "Filters", "FLT", "pcs", PartType.Component, 46m, 30, ["{0}, {1}"], ["Suction filter mat 1.2 m", "Bag filter F7", "Pleated filter G4", "Oil filter cartridge", "Lint screen, stainless"], ["set of one", "washable", "antistatic", "592×592×48"], "Class"),
        new("electrical", "Electrical", "ELC", "pcs", PartType.Component, 58m, 25, ["{0}, {1}"], ["Proximity sensor M12", "Contactor 18 A", "Frequency drive 2.2 kW", "Push button, illuminated", "Servo cable 5 m"], ["24 V", "230 V", "400 V", "IP67"], "Voltage"),
        new("lab", "Laboratory", "LAB", "set", PartType.Component, 82m, 12, ["{0}, {1}"], ["Shade card, reactive", "Light box tube D65", "Crockmeter cloth", "Multifibre fabric", "pH buffer set"], ["standard", "certified", "refill"], "Standard"),
        new("services", "Services", "SRV", "h", PartType.Service, 68m, 90, ["{0}, {1}"], ["Boiler burner service", "Forklift hire", "Calibration of scales", "Loom maintenance", "Effluent analysis"], ["on site", "yearly plan", "with parts"], "Scope"),
    ];

    /// <summary>Firms with country, currency and the kinds that they sell, by code.</summary>
    internal static readonly (string Name, string Country, string Currency, string Kinds)[] Firms =
    [
        ("Orvane Textiles", "PT", "EUR", "yarn thread"), ("Kesmira Iplik", "TR", "USD", "yarn thread trims"), ("Varnholt Garne", "DE", "EUR", "yarn"), ("Sunmere Spinners", "IN", "USD", "yarn labels"),
        ("Dalvento Filati", "IT", "CHF", "yarn dyes"), ("Pakkora Mills", "PK", "USD", "yarn packaging"), ("Tessaly Cotton", "GR", "EUR", "yarn"), ("Lindmar Fibres", "SE", "EUR", "yarn thread"),
        ("Bramwick Dyeworks", "GB", "GBP", "dyes chemicals"), ("Colorante Rovira", "ES", "EUR", "dyes"), ("Huelin Pigments", "CH", "CHF", "dyes lab"), ("Amberlake Colours", "NL", "EUR", "dyes chemicals"),
        ("Nordsalz Chemie", "DE", "EUR", "chemicals"), ("Ostara Chemicals", "PL", "EUR", "chemicals lubricants"), ("Quaydon Process", "GB", "GBP", "chemicals filters"), ("Ferrano Chimica", "IT", "EUR", "chemicals dyes"),
        ("Kugelwerk Amsel", "DE", "EUR", "bearings seals"), ("Rollano Cuscinetti", "IT", "EUR", "bearings drives"), ("Takemori Bearings", "JP", "USD", "bearings"), ("Brennick Seals", "AT", "EUR", "seals filters"),
        ("Dichtwerk Solling", "DE", "EUR", "seals bearings"), ("Hallam Motion", "GB", "GBP", "drives bearings electrical"), ("Nadelfabrik Weilen", "DE", "EUR", "needles"), ("Corriveau Aiguilles", "FR", "EUR", "needles trims"),
        ("Shanwei Needle", "CN", "USD", "needles"), ("Ostheim Antriebe", "DE", "EUR", "drives electrical"), ("Belforte Cinghie", "IT", "EUR", "drives"), ("Polvik Drives", "FI", "EUR", "drives electrical"),
        ("Zipline Malmo", "SE", "EUR", "trims"), ("Guangli Trims", "CN", "USD", "trims labels"), ("Perlatto Bottoni", "IT", "EUR", "trims"), ("Istria Zip", "HR", "EUR", "trims thread"),
        ("Etikett Werra", "DE", "EUR", "labels packaging"), ("Labelle Lyon", "FR", "EUR", "labels"), ("Tagworks Porto", "PT", "EUR", "labels trims"), ("Weftmark Labels", "TR", "USD", "labels"),
        ("Kartonage Elm", "DE", "EUR", "packaging"), ("Boxholm Pack", "SE", "EUR", "packaging"), ("Silesia Karton", "PL", "EUR", "packaging labels"), ("Polyfold Verpackung", "AT", "EUR", "packaging"),
        ("Filolux Threads", "LU", "EUR", "thread"), ("Madras Thread Co", "IN", "USD", "thread yarn"), ("Fadenwerk Jura", "CH", "CHF", "thread"), ("Olvane Lubricants", "BE", "EUR", "lubricants"),
        ("Schmierstoff Rhon", "DE", "EUR", "lubricants chemicals"), ("Petrolane Nord", "NO", "EUR", "lubricants"), ("Airmesh Filters", "NL", "EUR", "filters"), ("Airmesh Filter", "CZ", "EUR", "filters"),
        ("Clearlint Systems", "GB", "GBP", "filters electrical"), ("Voltera Elettrica", "IT", "EUR", "electrical"), ("Stromhaus Lenk", "CH", "CHF", "electrical"), ("Relaxon Automation", "DE", "EUR", "electrical drives"),
        ("Chromalab", "DE", "EUR", "lab"), ("Testfab Instruments", "GB", "GBP", "lab electrical"), ("Labori Nordic", "DK", "EUR", "lab dyes"), ("Kesseldienst Marten", "DE", "EUR", "services"),
        ("Liftcare Rental", "NL", "EUR", "services"), ("Waagen Ritter", "DE", "EUR", "services lab"), ("Webstuhl Service Aue", "DE", "EUR", "services needles"), ("Aquacheck Labor", "AT", "EUR", "services lab"),
    ];

    internal static readonly string[] People =
    [
        "Rui Tavora", "Elif Sarnic", "Jens Varnholt", "Priya Menor", "Luca Dalvento", "Hamid Qazar", "Niki Tessal", "Frida Lindmar", "Owen Bramwick", "Nuria Rovira", "Beat Huelin", "Sanne Amberlake",
        "Torben Salz", "Kasia Ostara", "Fiona Quaydon", "Marta Ferrano", "Ute Amsel", "Paolo Rollano", "Kenji Takemori", "Lea Brennick",
    ];

    /// <summary>What a rate was so many steps of thirty days ago.</summary>
    internal static decimal Drifted(string currency, decimal rate, int steps) => decimal.Round(rate * (1 + ((decimal)Math.Sin((steps + currency[0] % 7) / 3.0) * 0.02m)), 6);

    internal static readonly (string Currency, decimal Rate)[] Rates = [("USD", 1.0842m), ("CHF", 0.9385m), ("GBP", 0.8530m), ("SEK", 11.32m), ("PLN", 4.31m), ("JPY", 163.4m), ("CNY", 7.78m), ("TRY", 37.2m)];

    internal static readonly string[] Titles =
    [
        "spring programme", "winter shades", "Q1 need", "call-off for one year", "stock for the weaving shed", "six months", "trial lot", "replacement for hall 2", "autumn collection", "yearly contract",
    ];

    internal static RiskLevel Risk(int i) => i % 11 == 4 ? RiskLevel.High : i % 4 == 1 ? RiskLevel.Medium : RiskLevel.Low;
}
