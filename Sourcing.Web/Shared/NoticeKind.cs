namespace Sourcing.Web.Shared;

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    Info,
    Warning,
    Danger,
    Success,
}
