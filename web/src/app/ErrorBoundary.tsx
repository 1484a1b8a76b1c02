import { Component, type ReactNode } from 'react';
import { BrokenPage } from './pages.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly isBroken: boolean;
}

/** The last net: says that the page broke, and offers the way out. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { isBroken: false };

  static getDerivedStateFromError(): State {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage /> : this.props.children;
  }
}
