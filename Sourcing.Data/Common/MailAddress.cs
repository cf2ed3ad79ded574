namespace Sourcing.Data.Common;

/// <summary>What can be told of an e-mail address by looking at it.</summary>
public static class MailAddress
{
    /// <summary>Empty, or something at something with a dot. Whether anybody is there only a message can tell.</summary>
    public const string Shape = @"^([^@\s]+@[^@\s]+\.[^@\s]+)?$";

    /// <summary>Addresses under these domains say nothing about the firm.</summary>
    private static readonly string[] Free = ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.net", "gmx.de", "web.de", "qq.com", "163.com", "icloud.com"];

    /// <summary>The domain of a firm's address; empty for what is none, and for the domains of free mail.</summary>
    public static string FirmOf(string? address) =>
        (address ?? "").Split('@') is [_, { Length: > 3 } firm] && !Free.Contains(firm.Trim().ToLowerInvariant()) ? firm.Trim() : "";
}
