namespace Sourcing.Web.Security;

/// <summary>Browsers and systems in words, so that people recognise their sessions.</summary>
internal static class Clients
{
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Describe(string? agent)
    {
        var browser = Browsers.FirstOrDefault(b => agent?.Contains(b.Sign, StringComparison.Ordinal) == true).Name ?? "Unknown browser";
        var system = Systems.FirstOrDefault(s => agent?.Contains(s.Sign, StringComparison.Ordinal) == true).Name;
        return system is null ? browser : $"{browser} on {system}";
    }
}
