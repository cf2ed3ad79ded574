namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>
/// Contact spheres: professions that share customers. Read from a member's classification by its words, because chapters write these freely; decided here, as no source has a list.
/// </summary>
public static class ContactSpheres
{
    private static readonly (string Sphere, string[] Words)[] All =
    [
        ("Building and home",
        [
            "architect", "electric", "carpent", "joiner", "roof", "interior design", "heating", "plumb", "sanitary", "tiling", "tiler", "painter", "decorat", "window maker", "glaz", "garden", "landscap", "pool", "solar",
            "energy advice", "locksmith", "security", "metalwork", "furniture", "upholster", "surveyor", "kitchen", "floor", "mason", "construction", "builder", "real estate", "cleaning", "removal",
        ]),
        ("Money and law", ["tax", "account", "bookkeep", "audit", "notary", "law ", "lawyer", "legal", "attorney", "solicitor", "insurance", "mortgage", "financ", "bank", "invest", "pension"]),
        ("Business services", ["it service", "software", "computer", "telecom", "office suppl", "translat", "recruit", "human resources", "coach", "consult", "training", "logistic", "courier", "business service"]),
        ("Marketing and media", ["marketing", "web design", "graphic", "print", "signage", "photograph", "film", "video", "advertis", "copywrit", "media", "public relations"]),
        ("Health and wellbeing", ["physio", "optic", "dent", "doctor", "medic", "nutrition", "massage", "osteopath", "psycholog", "fitness", "yoga", "cosmetic", "hair", "hearing"]),
        ("Events and hospitality", ["catering", "event", "florist", "flower", "wine", "restaurant", "hotel", "travel", "music", "wedding", "goldsmith", "jewel", "bak"]),
        ("Mobility", ["car ", "car repair", "vehicle", "bicycle", "tyre", "garage", "driving"]),
    ];

    /// <summary>The sphere of a classification; empty where its words tell none. The longest word that fits decides: garden design is of the house and web design of the media.</summary>
    public static string Of(string classification)
    {
        var text = $" {Files.NameKey.Plain(classification)} ";
        return All.SelectMany(s => s.Words.Select(w => (s.Sphere, Word: w))).Where(x => text.Contains(" " + x.Word, StringComparison.Ordinal)).OrderByDescending(x => x.Word.Length).Select(x => x.Sphere).FirstOrDefault() ?? "";
    }
}
