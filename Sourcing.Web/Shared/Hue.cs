namespace Sourcing.Web.Shared;

/// <summary>The colours of states. A state is always a word as well.</summary>
public enum Hue
{
    Grey,
    Blue,
    Violet,
    Amber,
    Teal,
    Green,
    Red,
}
